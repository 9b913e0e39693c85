comment on table paper_commit is
'One row per paper and unit: the commit that was the code of the paper when the paper came out, or '
'the reason why there is none.';
comment on column paper_commit.paper_id is 'The paper: paper.paper_id.';
comment on column paper_commit.unit_id is 'The unit: paper_link.unit_id.';
comment on column paper_commit.asked_until is
'End of the tolerance after the date of the paper (UTC): a commit up to this moment is in time. '
'Null for a paper without a date.';
comment on column paper_commit.commit_id is 'The commit. Null where there is none.';
comment on column paper_commit.committed_at is
'Committer date of the commit (UTC), bounded by the dates of its neighbours where it cannot be '
'right. notes then has date_bounded.';
comment on column paper_commit.status is
'How the commit was chosen, or why there is none: outcome_status, step history.';
comment on column paper_commit.message is
'What happened, in one sentence. Null where status says it all.';
comment on column paper_commit.notes is 'Circumstances of the choice: history_note.note.';
comment on column paper_commit.lag_days is
'Days from the paper to the commit; negative where the commit came first. For a paper whose month '
'or year alone is known, days from its last day.';
comment on column paper_commit.first_committed_at is
'Committer date of the oldest commit of the branch (UTC), bounded likewise.';
comment on column paper_commit.found_at is 'When the history was last examined (UTC).';
