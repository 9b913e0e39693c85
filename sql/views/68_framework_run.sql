-- One row per repository (scan_key) and framework run: consecutive judged commits with the same
-- family and variant.
-- 1. A commit with an unknown variant has the variant of the commit before it in the same family,
--    else of the commit after it.
-- 2. A single commit with another series, between commits of one series, is in no framework run. It
--    may be an experiment or an unfinished merge.
create or replace view framework_run as
with compared as (
    select
        *,
        row_number() over places as place,
        coalesce(family <> lag(family) over places, true) as is_new_family
    from judged_commit
    window places as (partition by scan_key order by committed_at, commit_id)
),

stretches as (
    select
        *,
        sum(is_new_family::integer) over places as stretch
    from compared
    window places as (partition by scan_key order by place)
),

known as (
    select
        *,
        coalesce(
            last_value(variant ignore nulls) over earlier,
            first_value(variant ignore nulls) over later
        ) as known_variant
    from stretches
    window
        earlier as (
            partition by scan_key, stretch order by place
            rows between unbounded preceding and current row
        ),
        later as (
            partition by scan_key, stretch order by place
            rows between current row and unbounded following
        )
),

named as (
    select
        *,
        coalesce(family || ' ' || known_variant, family) as series
    from known
),

beside as (
    select
        *,
        lag(series) over places as before,
        lead(series) over places as after
    from named
    window places as (partition by scan_key order by place)
),

turns as (
    select
        *,
        coalesce(series <> lag(series) over places, true) as is_new_series
    from beside
    where not coalesce(before = after and before <> series, false)
    window places as (partition by scan_key order by place)
),

numbered as (
    select
        *,
        sum(is_new_series::integer) over places as run
    from turns
    window places as (partition by scan_key order by place)
)

select
    scan_key,
    min(unit_id) as unit_id,
    run::integer as run,
    any_value(series) as series,
    any_value(family) as family,
    any_value(known_variant) as variant,
    count(*) as commits,
    arg_min(
        {'commit_id': commit_id, 'committed_at': committed_at, 'scan_id': scan_id}, place
    ) as first,
    arg_max(
        {'commit_id': commit_id, 'committed_at': committed_at, 'scan_id': scan_id}, place
    ) as last
from numbered
group by scan_key, run;

comment on view framework_run is
'One row per repository (scan_key) and framework run: consecutive judged commits with the same '
'family and variant. A single commit with another series, between commits of one series, is in no '
'framework run.';
comment on column framework_run.scan_key is
'The repository, under all of its names: unit.scan_key.';
comment on column framework_run.unit_id is 'The first of its names in alphabetical order.';
comment on column framework_run.run is 'Number of the run in its repository, from 1.';
comment on column framework_run.series is
'The family; with its variant where that is known: tensorflow 1.x, tensorflow 2.x.';
comment on column framework_run.family is 'The family: repo_label.family.';
comment on column framework_run.variant is
'TensorFlow 1.x or 2.x. A commit with an unknown variant has the variant of the commit before it, '
'else of the commit after it. Null if all of them are unknown.';
comment on column framework_run.commits is 'Judged commits of the run.';
comment on column framework_run.first is
'Its first judged commit: commit_id, committed_at, scan_id.';
comment on column framework_run.last is
'Its last judged commit: commit_id, committed_at, scan_id.';
