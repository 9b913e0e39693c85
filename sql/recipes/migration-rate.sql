-- How many repositories ended with a different framework or TensorFlow version?
with rates as (
    select
        if(from_series = 'pytorch', 'pytorch', 'another framework') as began_with,
        sum(repositories)::bigint as repositories,
        sum(moved)::bigint as moved
    from migration_rate
    group by rollup (began_with)
)

select
    coalesce(began_with, 'any framework') as began_with,
    repositories,
    moved,
    moved / repositories as share_moved,
    wilson_low(moved, repositories) as share_low,
    wilson_high(moved, repositories) as share_high
from rates
order by repositories;
