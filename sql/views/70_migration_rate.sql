-- One row per series at the start: how many of the repositories that were followed for at least a
-- year ended with another series.
create or replace view migration_rate as
with followed as (
    select
        scan_key,
        arg_min(series, run) as from_series,
        arg_max(series, run) as to_series
    from framework_run
    group by scan_key
    having max(last.committed_at) >= min(first.committed_at) + interval 365 days
),

counted as (
    select
        from_series,
        count(*) as repositories,
        count(*) filter (where to_series <> from_series) as moved
    from followed
    group by from_series
)

select
    *,
    moved / repositories as share_moved,
    wilson_low(moved, repositories) as share_low,
    wilson_high(moved, repositories) as share_high
from counted
order by repositories desc, from_series;

comment on view migration_rate is
'One row per series at the start: how many repositories ended with another one. It counts '
'repositories whose first and last judged commits are at least 365 days apart.';
comment on column migration_rate.from_series is 'Series of the first run: framework_run.series.';
comment on column migration_rate.repositories is 'Repositories that started with it.';
comment on column migration_rate.moved is 'Repositories whose last run has another series.';
comment on column migration_rate.share_moved is 'moved / repositories.';
comment on column migration_rate.share_low is 'Lower end of the Wilson 95% interval.';
comment on column migration_rate.share_high is 'Upper end of the Wilson 95% interval.';
