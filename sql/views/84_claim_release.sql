-- The share of PyTorch among papers with readable code: in the year before the essay, and in the
-- last full year, which is the last one before the year of the newest scan. Papers need not come from
-- all months of a year, so the remark counts them by month.
create or replace macro claim_release() as table
with years as (
    select
        '2022' as part,
        2022 as year
    union all
    select
        'last full year' as part,
        max(year) as year
    from share_by_year
    where year < (select year(max(scanned_at)) from scan)
),

months as (
    select
        year(day) as year,
        case when not is_year_only then month(day) end as month,
        case when not is_year_only then strftime(day, '%b') else 'unknown' end as name,
        count(*) as papers
    from dated_paper
    where is_default and time_axis = 'paper'
    group by all
),

by_month as (
    select
        year,
        array_to_string(list(name || ' ' || papers order by month nulls last), ', ') as words
    from months
    group by year
)

select
    years.part,
    years.year::varchar as period,
    share_by_year.papers,
    share_by_year.n,
    share_by_year.share as value,
    share_by_year.share_low as low,
    share_by_year.share_high as high,
    'papers by month: ' || by_month.words as remark
from years
inner join share_by_year using (year)
left join by_month using (year)
where share_by_year.denominator = 'with_code' and share_by_year.family = 'pytorch';

comment on macro table claim_release is
'The share of PyTorch among papers with readable code, in 2022 and in the last full year.';
