-- One row per period, denominator and family: its share of the papers, with n and a 95% interval.
-- `axis` is a value of dated_paper.time_axis; `period` is year, quarter or month.
-- `chosen` is a value of dated_paper.choices, or default.
create or replace macro share_at(chosen, axis, period) as table
with counted as (
    select
        date_trunc(period, day)::date as period_start,
        family,
        count(*) as papers
    from dated_paper
    where
        time_axis = axis
        and (period = 'year' or not is_year_only)
        and case
            when chosen = 'default' then is_default else list_contains(choices, chosen)
        end
    group by all
),

seen as (
    select family from counted
    union
    select unnest(['pytorch', 'tensorflow'])
),

-- every family in every period, so that an absent one is a share of 0 with its n
complete as (
    select
        periods.period_start,
        denominator.denominator,
        denominator.family,
        coalesce(counted.papers, 0) as papers,
        sum(counted.papers) over (
            partition by periods.period_start, denominator.denominator
        )::bigint as n
    from (select distinct period_start from counted) as periods
    cross join denominator
    inner join seen on denominator.family = seen.family
    left join counted
        on periods.period_start = counted.period_start and denominator.family = counted.family
)

select
    period_start,
    denominator,
    family,
    papers,
    n,
    papers / n as share,
    wilson_low(papers, n) as share_low,
    wilson_high(papers, n) as share_high
from complete
where n is not null;

-- share_at for the code that default_choice names.
create or replace macro share_over(axis, period) as table
select * from share_at('default', axis, period);

comment on macro table share_at is
'One row per period, denominator and family: its share of the papers, with n and a 95% interval. '
'chosen is a value of dated_paper.choices, or default; axis is a value of dated_paper.time_axis; '
'period is year, quarter or month.';
comment on macro table share_over is
'One row per period, denominator and family: its share of the papers, with n and a 95% interval. '
'axis is a value of dated_paper.time_axis; period is year, quarter or month. It counts the code '
'that default_choice names.';
