comment on table paper_commit is
'One row per paper and unit: the commit that was the code of the paper when the paper came out, or '
'the reason why there is none.';
comment on column paper_commit.paper_id is 'The paper: paper.paper_id.';
comment on column paper_commit.unit_id is 'The unit: paper_link.unit_id.';
comment on column paper_commit.asked_until is
'Latest time (UTC) for a commit with status in_time: the tolerance of docs/method.md after the '
'date of the paper. Null for a paper without a date.';
comment on column paper_commit.commit_id is 'The chosen commit. Null if there is none.';
comment on column paper_commit.committed_at is
'Committer date of the commit (UTC). If git has an impossible date: a date between those of the '
'neighbouring commits, and notes contains date_bounded.';
comment on column paper_commit.status is
'How the commit was chosen, or why there is no commit or no scan of it: outcome_status, step '
'history.';
comment on column paper_commit.message is
'The result in one sentence. Null if status is a complete explanation.';
comment on column paper_commit.notes is 'Notes on the choice: history_note.note.';
comment on column paper_commit.lag_days is
'Days from the paper to the commit; negative if the commit is older. If only the month or year of '
'the paper is known: days from the last day of that month or year.';
comment on column paper_commit.first_committed_at is
'Committer date of the oldest commit of the branch (UTC), corrected as in committed_at.';
comment on column paper_commit.found_at is
'When the history was last examined (UTC). If a commit is known, a later failure changes nothing '
'in the row.';
