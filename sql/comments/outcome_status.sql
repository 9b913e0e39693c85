comment on table outcome_status is
'One row per status that a step gives an item, data/outcomes.csv.';
comment on column outcome_status.status is
'The status, as in outcome.status, paper_link.problem, repo.status, repo_lookup.status, '
'scan.status, paper_commit.status, repository_history.status and coverage.outcome.';
comment on column outcome_status.step is
'The step that gives the status: links, metadata, code, history or years; paper for statuses of '
'the view coverage.';
comment on column outcome_status.means is
'What follows: answer (nothing until the item changes), gone (look again after '
'ADOPTION_RECHECK_DAYS), again (the next run tries again) or ends_run (no other item can succeed '
'either).';
comment on column outcome_status.words is 'The status in words for readers.';
