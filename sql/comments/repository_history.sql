comment on table repository_history is
'One row per unit whose whole history was examined: its length, or the reason why a run could not '
'read it.';
comment on column repository_history.unit_id is 'The unit: paper_link.unit_id.';
comment on column repository_history.status is
'Whether its year ends are known, or why not: outcome_status, step years.';
comment on column repository_history.message is
'The result in one sentence. Null if status is a complete explanation.';
comment on column repository_history.commits is
'Number of commits of the branch along first parents. For a fork: only commits since the fork. '
'Null if they could not be read.';
comment on column repository_history.first_committed_at is
'Date of the first of these commits (UTC), corrected as in paper_commit.committed_at.';
comment on column repository_history.last_committed_at is
'Date of the last of these commits (UTC), corrected in the same way.';
comment on column repository_history.found_at is 'When the history was last examined (UTC).';
