-- Stars and forks of judged repositories. A name counts once, whatever directories papers link to.
create or replace view popularity as
with counted as (
    select
        repo_label.family,
        unit_repository.repository,
        max(unit_repository.stars) as stars,
        max(unit_repository.forks) as forks
    from latest_scan
    inner join repo_label using (scan_id)
    inner join unit_repository on latest_scan.unit_id = unit_repository.unit_id
    group by all
),

measured as (
    select
        family,
        unnest([{'measure': 'stars', 'value': stars}, {'measure': 'forks', 'value': forks}]) as told
    from counted
)

select
    family as framework,
    told.measure as measure,
    count(*) as repositories,
    quantile_cont(told.value, 0.25) as lower_quartile,
    median(told.value) as median,
    quantile_cont(told.value, 0.75) as upper_quartile,
    quantile_cont(told.value, 0.9) as top_tenth,
    sum(told.value)::bigint as total
from measured
where told.value is not null
group by all
order by measure desc, repositories desc, framework;

comment on view popularity is 'Stars and forks of the repositories of each framework, where somebody tells them: GitHub''s metadata, else (stars) a paper source.';
comment on column popularity.framework is 'Framework family, or none.';
comment on column popularity.measure is 'stars or forks.';
comment on column popularity.repositories is 'Repositories whose count is known.';
comment on column popularity.lower_quartile is 'A quarter of them have at most so many.';
comment on column popularity.median is 'Half of them have at most so many.';
comment on column popularity.upper_quartile is 'Three quarters of them have at most so many.';
comment on column popularity.top_tenth is 'Nine in ten have at most so many.';
comment on column popularity.total is 'All of them together.';
