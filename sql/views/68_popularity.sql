-- One row per framework family and measure: how the stars or forks of its repositories spread.
-- A repository counts once, whatever directories papers link to.
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
        unnest(
            [{'measure': 'stars', 'value': stars}, {'measure': 'forks', 'value': forks}]
        ) as measurement
    from counted
)

select
    family,
    measurement.measure as measure,
    count(*) as repositories,
    quantile_cont(measurement.value, 0.25) as lower_quartile,
    median(measurement.value) as median,
    quantile_cont(measurement.value, 0.75) as upper_quartile,
    quantile_cont(measurement.value, 0.9) as top_tenth,
    sum(measurement.value)::bigint as total
from measured
where measurement.value is not null
group by all
order by measure desc, repositories desc, family;

comment on view popularity is
'Stars and forks of the repositories of each framework family. Stars come from GitHub''s '
'metadata, else from a paper source; forks from GitHub alone.';
comment on column popularity.family is 'Framework family, or none.';
comment on column popularity.measure is 'stars or forks.';
comment on column popularity.repositories is 'Repositories whose count is known.';
comment on column popularity.lower_quartile is '25th percentile.';
comment on column popularity.median is 'Median.';
comment on column popularity.upper_quartile is '75th percentile.';
comment on column popularity.top_tenth is '90th percentile.';
comment on column popularity.total is 'Sum over these repositories.';
