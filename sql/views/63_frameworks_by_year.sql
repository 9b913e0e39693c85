-- One row per year, denominator and series with papers: every family, TensorFlow by variant.
create or replace view frameworks_by_year as
with counted as (
    select
        year(day) as year,
        series,
        family,
        count(*) as papers
    from dated_paper
    where is_default and time_axis = 'paper'
    group by all
)

select
    counted.year,
    denominator.denominator,
    counted.series,
    counted.papers,
    sum(counted.papers) over (partition by counted.year, denominator.denominator)::bigint as n,
    counted.papers
    / sum(counted.papers) over (partition by counted.year, denominator.denominator) as share
from counted
inner join denominator on counted.family = denominator.family
order by all;

comment on view frameworks_by_year is
'Papers of a year by framework family and denominator. TensorFlow is split into 1.x, 2.x and code '
'whose variant is unknown.';
comment on column frameworks_by_year.year is 'Year of the paper''s first public date.';
comment on column frameworks_by_year.denominator is 'As in share_by_year.';
comment on column frameworks_by_year.series is
'Framework family; tensorflow 1.x and tensorflow 2.x where the variant is known.';
comment on column frameworks_by_year.papers is 'Papers of this series.';
comment on column frameworks_by_year.n is 'Papers in the denominator.';
comment on column frameworks_by_year.share is 'papers / n.';
