comment on table outcome_status is
'One row per status that a step gives an item, data/outcomes.csv.';
comment on column outcome_status.status is
'The status, as in outcome.status, paper_link.problem, repo.status, repo_lookup.status, '
'scan.status, paper_commit.status, repository_history.status and coverage.outcome.';
comment on column outcome_status.step is
'The step that gives the status: links, metadata, code, history or years; paper for statuses of '
'the view coverage.';
comment on column outcome_status.means is
'The effect on later runs: answer (the result is valid until the item changes), gone (a run looks '
'the item up again after ADOPTION_RECHECK_DAYS), again (the next run retries) or ends_run (the run '
'ends, because no other item can succeed).';
comment on column outcome_status.words is 'The status in words for readers.';
