-- Repositories without a change at GitHub: today's counts are the last known ones.
insert into repo_observation by name
select
    repo.repo_id,
    incoming.observed_on,
    repo.stars,
    repo.forks,
    repo.pushed_at,
    repo.status
from repo
inner join incoming using (repo_id)
on conflict do nothing
