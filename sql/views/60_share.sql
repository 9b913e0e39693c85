-- Share of each framework among the papers of a period, with n and a 95 % interval.
-- Interval: Wilson (1927), which stays inside 0..1 and is honest for small n.
create or replace macro wilson_low(k, n) as (
    greatest(
        0.0,
        (k / n + 1.959964 ^ 2 / (2 * n) - 1.959964 * sqrt(k / n * (1 - k / n) / n + 1.959964 ^ 2 / (4 * n * n)))
        / (1 + 1.959964 ^ 2 / n)
    )
);

create or replace macro wilson_high(k, n) as (
    least(
        1.0,
        (k / n + 1.959964 ^ 2 / (2 * n) + 1.959964 * sqrt(k / n * (1 - k / n) / n + 1.959964 ^ 2 / (4 * n * n)))
        / (1 + 1.959964 ^ 2 / n)
    )
);

-- The three denominators stand here and nowhere else. With keras folded into tensorflow, as in
-- all views of shares, its row has no papers; where it is taken out, it is a framework of its own.
create or replace view denominator as
select
    denominator,
    framework
from (
    select unnest(['pytorch', 'tensorflow', 'none']) as framework
    union select framework from framework_module where framework is not null
    union select family from framework_module where family is not null
) as frameworks
cross join (select unnest(['pytorch_tensorflow', 'any_framework', 'with_source']) as denominator) as names
where
    case denominator
        when 'pytorch_tensorflow' then framework in ('pytorch', 'tensorflow')
        when 'any_framework' then framework <> 'none'
        else true
    end;

comment on view denominator is 'Which frameworks'' papers each denominator counts. One row per denominator and framework.';
comment on column denominator.denominator is 'pytorch_tensorflow (papers with PyTorch or TensorFlow code), any_framework, with_source (all papers whose code could be read).';
comment on column denominator.framework is 'A framework whose papers it counts; none: code that imports no framework.';

create or replace macro share_over(axis, period) as table
with counted as (
    select
        date_trunc(period, day)::date as period_start,
        family,
        count(*) as papers
    from dated_paper
    where time_axis = axis and (period = 'year' or not is_year_only)
    group by all
),

seen as (
    select distinct family from counted
    union
    select unnest(['pytorch', 'tensorflow'])
),

-- every framework in every period, so that an absent one is a share of 0 with its n
complete as (
    select
        periods.period_start,
        denominator.denominator,
        denominator.framework,
        coalesce(counted.papers, 0) as papers,
        sum(coalesce(counted.papers, 0)) over (
            partition by periods.period_start, denominator.denominator
        )::bigint as n
    from (select distinct period_start from counted) as periods
    cross join denominator
    inner join seen on denominator.framework = seen.family
    left join counted
        on periods.period_start = counted.period_start and denominator.framework = counted.family
)

select
    period_start,
    denominator,
    framework,
    papers,
    n,
    papers / n as share,
    wilson_low(papers, n) as share_low,
    wilson_high(papers, n) as share_high
from complete
where n > 0;

create or replace view share_by_year as
select
    year(period_start) as year,
    * exclude (period_start)
from share_over('paper', 'year')
order by all;

create or replace view share_by_quarter as
select
    period_start as quarter,
    * exclude (period_start)
from share_over('paper', 'quarter')
order by all;

create or replace view share_by_month as
select
    period_start as month,
    * exclude (period_start)
from share_over('paper', 'month')
order by all;

comment on view share_by_year is 'Share of each framework among the papers of a year, with n and a Wilson 95 % interval, by denominator.';
comment on column share_by_year.year is 'Year of the paper''s first public date.';
comment on column share_by_year.denominator is 'pytorch_tensorflow (papers with PyTorch or TensorFlow code), any_framework, with_source (all papers whose code could be read).';
comment on column share_by_year.framework is 'Framework family: keras counts with tensorflow.';
comment on column share_by_year.papers is 'Papers with this framework.';
comment on column share_by_year.n is 'Papers in the denominator.';
comment on column share_by_year.share is 'papers / n.';
comment on column share_by_year.share_low is 'Lower end of the 95 % interval.';
comment on column share_by_year.share_high is 'Upper end of the 95 % interval.';
comment on view share_by_quarter is 'As share_by_year, by quarter of the paper''s first public date.';
comment on column share_by_quarter.quarter is 'First day of the quarter.';
comment on column share_by_quarter.denominator is 'As in share_by_year.';
comment on column share_by_quarter.framework is 'Framework family: keras counts with tensorflow.';
comment on column share_by_quarter.papers is 'Papers with this framework.';
comment on column share_by_quarter.n is 'Papers in the denominator.';
comment on column share_by_quarter.share is 'papers / n.';
comment on column share_by_quarter.share_low is 'Lower end of the 95 % interval.';
comment on column share_by_quarter.share_high is 'Upper end of the 95 % interval.';
comment on view share_by_month is 'As share_by_year, by month of the paper''s first public date.';
comment on column share_by_month.month is 'First day of the month.';
comment on column share_by_month.denominator is 'As in share_by_year.';
comment on column share_by_month.framework is 'Framework family: keras counts with tensorflow.';
comment on column share_by_month.papers is 'Papers with this framework.';
comment on column share_by_month.n is 'Papers in the denominator.';
comment on column share_by_month.share is 'papers / n.';
comment on column share_by_month.share_low is 'Lower end of the 95 % interval.';
comment on column share_by_month.share_high is 'Upper end of the 95 % interval.';

-- TensorFlow as it was and as it became, each its own series.
create or replace view frameworks_by_year as
with counted as (
    select
        year(day) as year,
        coalesce(family || ' ' || variant, family) as framework,
        family,
        count(*) as papers
    from dated_paper
    where time_axis = 'paper'
    group by all
)

select
    counted.year,
    denominator.denominator,
    counted.framework,
    counted.papers,
    sum(counted.papers) over (partition by counted.year, denominator.denominator)::bigint as n,
    counted.papers / sum(counted.papers) over (partition by counted.year, denominator.denominator) as share
from counted
inner join denominator on counted.family = denominator.framework
order by all;

comment on view frameworks_by_year is 'Papers of a year by framework, TensorFlow split into 1.x, 2.x and code that does not tell, by denominator.';
comment on column frameworks_by_year.year is 'Year of the paper''s first public date.';
comment on column frameworks_by_year.denominator is 'As in share_by_year.';
comment on column frameworks_by_year.framework is 'Framework family; tensorflow 1.x, tensorflow 2.x, and tensorflow where the code does not tell.';
comment on column frameworks_by_year.papers is 'Papers with this framework.';
comment on column frameworks_by_year.n is 'Papers in the denominator.';
comment on column frameworks_by_year.share is 'papers / n.';

-- Everything that the dashboards' controls can ask for, counted.
create or replace view share_cube as
select
    time_axis,
    date_trunc('month', day)::date as month,
    is_year_only,
    label,
    family,
    variant,
    is_official,
    venue,
    case
        when stars >= 1000 then 1000
        when stars >= 100 then 100
        when stars >= 10 then 10
        when stars >= 1 then 1
        when stars >= 0 then 0
    end as stars_from,
    language,
    count(*) as papers
from dated_paper
group by all
order by all;

comment on view share_cube is 'Judged papers counted by everything that shares can be filtered by: any share of the dashboards is a sum over some of its rows.';
comment on column share_cube.time_axis is 'As in dated_paper.';
comment on column share_cube.month is 'First day of the month of the date.';
comment on column share_cube.is_year_only is 'Whether only the year is known.';
comment on column share_cube.label is 'Primary framework.';
comment on column share_cube.family is 'The label with keras folded into tensorflow.';
comment on column share_cube.variant is 'TensorFlow 1.x or 2.x, where its code tells.';
comment on column share_cube.is_official is 'Whether an official repository decided.';
comment on column share_cube.venue is 'Venue; null where no source says.';
comment on column share_cube.stars_from is 'Stars, rounded down to 0, 1, 10, 100 or 1000; null where unknown.';
comment on column share_cube.language is 'Language of the code.';
comment on column share_cube.papers is 'Papers.';
