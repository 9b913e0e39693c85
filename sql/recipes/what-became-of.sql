-- Which framework did repositories that began with TensorFlow (or --set framework=NAME) end with?
with followed as (
    select
        scan_key,
        arg_min(family, run) as began_family,
        arg_min(series, run) as began_with,
        arg_max(series, run) as ended_with
    from framework_run
    group by scan_key
    having max(last.committed_at) >= min(first.committed_at) + interval 365 days
)

select
    began_with,
    ended_with,
    count(*) as repositories,
    repositories / sum(repositories) over (partition by began_with) as share
from followed
where began_family = coalesce(getvariable('framework'), 'tensorflow')
group by began_with, ended_with
order by began_with, repositories desc, ended_with;
