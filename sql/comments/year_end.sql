comment on table year_end is
'One row per unit and year of its life: the last commit up to the end of the year.';
comment on column year_end.unit_id is 'The unit: repository_history.unit_id.';
comment on column year_end.year is
'The year. Of the current year, the row has the last commit so far.';
comment on column year_end.commit_id is
'The commit. A year without a commit has the commit before it.';
comment on column year_end.committed_at is
'Date of the commit (UTC), corrected as in paper_commit.committed_at.';
comment on column year_end.found_at is 'When the history was last examined (UTC).';
