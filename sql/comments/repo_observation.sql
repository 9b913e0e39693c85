comment on table repo_observation is
'One row per repository and day of a lookup: the history of its counts and status.';
comment on column repo_observation.repo_id is 'The repository: repo.repo_id.';
comment on column repo_observation.observed_on is 'Day of the lookup (UTC).';
comment on column repo_observation.stars is 'Stars on that day.';
comment on column repo_observation.forks is 'Forks on that day.';
comment on column repo_observation.pushed_at is 'Last push before the lookup (UTC).';
comment on column repo_observation.status is 'repo.status on that day.';
