comment on table override is
'One row per value that a person corrected: data/overrides.csv, or the file in ADOPTION_OVERRIDES.';
comment on column override.csv_row is
'Number of the line in the file where the row ends. Line 1 has the names of the columns.';
comment on column override.kind is 'The kind of the corrected value: link, date, venue or label.';
comment on column override.item is
'The paper (paper.paper_id or paper_alias.alias). For a label, the unit (scan.unit_id).';
comment on column override.old is
'The value to replace. If it is null, the new value replaces any value; for a link, the new link '
'is added.';
comment on column override.new is 'The right value. Null for a link that is removed.';
comment on column override.reason is 'Why the old value is wrong.';
comment on column override.author is 'The person who corrected the value.';
comment on column override.decided_on is 'Day of the correction.';
comment on column override.unit_id is 'The unit of a new link; else null.';
comment on column override.host is 'Host of a new link; else null.';
comment on column override.owner is 'Owner of the repository in a new link; else null.';
comment on column override.name is 'Name of the repository in a new link; else null.';
comment on column override.ref is 'Branch, tag or commit that a new link names. Null for none.';
comment on column override.subdir is
'Directory that a new link names. Empty for the whole repository.';
comment on column override.published_on is
'The new date of the paper, or its first day if only the month or year is given. Null for other '
'kinds.';
comment on column override.date_precision is 'Precision of the new date: day, month or year.';
