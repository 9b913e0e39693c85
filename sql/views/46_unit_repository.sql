-- One row per unit, with facts about its repository: from GitHub, else from a paper source.
create or replace view unit_repository as
with claimed as (
    select
        unit_id,
        max(source_stars) as stars
    from corrected_link
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

comment on view unit_repository is 'One row per unit, with facts about its repository.';
comment on column unit_repository.unit_id is 'The unit: unit.unit_id.';
comment on column unit_repository.repository is
'Key of the repository, the same for all of its units: repo.repo_id where known, else '
'host/owner/name in lower case.';
comment on column unit_repository.created_at is
'When the repository was created, according to GitHub (UTC). Null without metadata.';
comment on column unit_repository.stars is
'Stars, from GitHub or else from a paper source. Null where neither gives them.';
comment on column unit_repository.forks is 'Forks, from GitHub. Null without metadata.';
