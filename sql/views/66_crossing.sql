-- When did more papers have PyTorch code than TensorFlow code? One row for all papers and one per area.
-- A year counts if it has least_papers(). In `year` and in each later year, PyTorch's share is
-- above one half. The interval comes from the intervals of the shares: `earliest` is the year after
-- the last one that is below one half by more than chance, `latest` the first year after that which
-- is above it by more than chance.
create or replace view crossing as
with yearly as (
    select
        'all' as area,
        year,
        n,
        share,
        share_low,
        share_high
    from share_by_year
    where denominator = 'pytorch_tensorflow' and family = 'pytorch' and n >= least_papers()
    union all
    select
        area,
        year,
        n,
        share,
        share_low,
        share_high
    from share_by_area
    where n >= least_papers()
),

behind as (
    select
        area,
        coalesce(max(year) filter (where share <= 0.5), 0) as last_year,
        coalesce(max(year) filter (where share_high < 0.5), 0) as last_certain_year
    from yearly
    group by area
)

select
    yearly.area,
    min(yearly.year) filter (where yearly.year > behind.last_year) as year,
    nullif(behind.last_certain_year, 0) + 1 as earliest,
    min(yearly.year) filter (
        where yearly.share_low > 0.5 and yearly.year > behind.last_certain_year
    ) as latest,
    min(yearly.year) as first_year,
    max(yearly.year) as last_year,
    sum(yearly.n)::bigint as n
from yearly
inner join behind using (area)
group by yearly.area, behind.last_certain_year
order by yearly.area <> 'all', yearly.area;

comment on view crossing is
'The year since which more papers have PyTorch code than TensorFlow code: for all papers and for '
'each field, by date of the paper. Years with fewer papers than least_papers() do not count.';
comment on column crossing.area is 'all, or the field of the venue: share_by_area.area.';
comment on column crossing.year is
'First year since which PyTorch''s share is above one half in each year. Null for none.';
comment on column crossing.earliest is
'Start of the interval: the year after the last one whose 95 % interval is below one half. Null '
'where no year is: then the move is older than the data can show.';
comment on column crossing.latest is
'End of the interval: the first year since then whose 95 % interval is above one half. Null for '
'none.';
comment on column crossing.first_year is 'First year with enough papers.';
comment on column crossing.last_year is 'Last year with enough papers.';
comment on column crossing.n is 'Papers with PyTorch or TensorFlow code in all of these years.';
