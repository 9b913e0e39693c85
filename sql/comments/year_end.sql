comment on table year_end is
'One row per unit and year of its life: the last commit up to the end of the year.';
comment on column year_end.unit_id is 'The unit: repository_history.unit_id.';
comment on column year_end.year is
'The year. For the current year, the row has the last commit so far.';
comment on column year_end.commit_id is
'The last commit of the year. If the year has none: the last commit before the year.';
comment on column year_end.committed_at is
'Date of the commit (UTC), corrected as in paper_commit.committed_at.';
comment on column year_end.found_at is 'When the history was last examined (UTC).';
