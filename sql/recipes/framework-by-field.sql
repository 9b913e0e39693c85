-- How large is the share of JAX (or of --set framework=NAME) in each field and year?
with counted as (
    select
        area,
        year(day) as year,
        count(*) filter (
            where coalesce(getvariable('framework'), 'jax') in (label, family)
        ) as papers,
        count(*) as n
    from dated_paper
    where is_default and time_axis = 'paper' and area is not null and family <> 'none'
    group by all
)

select
    coalesce(getvariable('framework'), 'jax') as framework,
    *,
    papers / n as share,
    wilson_low(papers, n) as share_low,
    wilson_high(papers, n) as share_high
from counted
order by area, year;
