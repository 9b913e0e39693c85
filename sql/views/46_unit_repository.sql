-- What is known of the repository of each unit: GitHub's metadata, else what a paper source told.
create or replace view unit_repository as
with claimed as (
    select
        unit_id,
        max(source_stars) as stars
    from paper_link
    where unit_id is not null
    group by unit_id
)

select
    unit.unit_id,
    coalesce(
        unit.repo_id::varchar,
        unit.host || '/' || repository_key(unit.owner, unit.name)
    ) as repository,
    repo.created_at,
    coalesce(repo.stars, claimed.stars) as stars,
    repo.forks
from unit
left join repo using (repo_id)
left join claimed using (unit_id);

comment on view unit_repository is 'One row per unit, with what is known of its repository.';
comment on column unit_repository.unit_id is 'The unit.';
comment on column unit_repository.repository is 'What its repository is counted by: repo.repo_id where known, else host/owner/name.';
comment on column unit_repository.created_at is 'When the repository was created, says GitHub (UTC). Null without metadata.';
comment on column unit_repository.stars is 'Stars, of GitHub''s metadata or else of a paper source; null where nobody says.';
comment on column unit_repository.forks is 'Forks, says GitHub; null without metadata.';
