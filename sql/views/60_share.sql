-- Share of each framework among the papers of a period, with n and a 95 % interval.
-- The three denominators stand here and nowhere else:
--   pytorch_tensorflow  papers whose code is PyTorch or TensorFlow (with Keras)
--   any_framework       papers whose code imports any framework
--   with_source         all papers whose code could be read
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

create or replace macro share_over(period) as table
with dated as (
    select
        date_trunc(period, paper.published_on)::date as period_start,
        paper_framework.family
    from paper_framework
    inner join paper using (paper_id)
    where paper.published_on is not null and (period = 'year' or paper.date_precision <> 'year')
),

counted as (
    select
        period_start,
        family,
        count(*) as papers
    from dated
    group by period_start, family
),

denominators as (
    select
        denominator,
        family
    from (select distinct family from counted union select unnest(['pytorch', 'tensorflow'])) as families
    cross join (select unnest(['pytorch_tensorflow', 'any_framework', 'with_source']) as denominator) as names
    where
        case denominator
            when 'pytorch_tensorflow' then family in ('pytorch', 'tensorflow')
            when 'any_framework' then family <> 'none'
            else true
        end
),

-- every framework in every period, so that an absent one is a share of 0 with its n
complete as (
    select
        periods.period_start,
        denominators.denominator,
        denominators.family,
        coalesce(counted.papers, 0) as papers,
        sum(coalesce(counted.papers, 0)) over (
            partition by periods.period_start, denominators.denominator
        )::bigint as n
    from (select distinct period_start from counted) as periods
    cross join denominators
    left join counted using (period_start, family)
)

select
    period_start,
    denominator,
    family as framework,
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
from share_over('year')
order by all;

create or replace view share_by_quarter as
select
    period_start as quarter,
    * exclude (period_start)
from share_over('quarter')
order by all;

create or replace view share_by_month as
select
    period_start as month,
    * exclude (period_start)
from share_over('month')
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
