comment on table override is
'One row per value that a person corrected: data/overrides.csv, or the file in ADOPTION_OVERRIDES.';
comment on column override.csv_row is 'Row of the file. The first row has the names of columns.';
comment on column override.kind is 'What is corrected: link, date, venue or label.';
comment on column override.item is
'The paper (paper.paper_id or paper_alias.alias). For a label, the unit (scan.unit_id).';
comment on column override.old is
'The value to replace. Null: any value; for a link, the new link is added.';
comment on column override.new is 'The right value. Null for a link that is removed.';
comment on column override.reason is 'Why the old value is wrong.';
comment on column override.author is 'Who corrected it.';
comment on column override.decided_on is 'When.';
comment on column override.unit_id is 'The unit of a new link; else null.';
comment on column override.host is 'Its host.';
comment on column override.owner is 'Its owner.';
comment on column override.name is 'Its repository''s name.';
comment on column override.ref is 'The branch, tag or commit that it names. Null for none.';
comment on column override.subdir is 'Its directory. Empty for the whole repository.';
comment on column override.published_on is
'A new date; where only the month or year is given, its first day. Else null.';
comment on column override.date_precision is 'How exact it is: day, month or year.';
