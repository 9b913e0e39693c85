-- When did more papers have PyTorch code than TensorFlow code? One row for all papers, one per area
-- and one per venue that has papers with PyTorch or TensorFlow code.
-- A year counts if it has least_papers(). In `year` and in each later year, PyTorch's share is
-- above one half. The interval comes from the intervals of the shares: `earliest` is the year after
-- the last one that is below one half by more than chance, `latest` the first year after that which
-- is above it by more than chance.
create or replace view crossing as
with shares as (
    select
        'all' as kind,
        'all' as place,
        year,
        n,
        share,
        share_low,
        share_high
    from share_by_year
    where denominator = 'pytorch_tensorflow' and family = 'pytorch'
    union all
    select
        'area' as kind,
        area as place,
        year,
        n,
        share,
        share_low,
        share_high
    from share_by_area
    union all
    select
        'venue' as kind,
        venue as place,
        year,
        n,
        share,
        share_low,
        share_high
    from share_by_venue
),

places as (
    select
        kind,
        place,
        sum(n)::bigint as papers
    from shares
    group by kind, place
    having sum(n) > 0
),

yearly as (
    select *
    from shares
    where n >= least_papers()
),

behind as (
    select
        kind,
        place,
        coalesce(max(year) filter (where share <= 0.5), 0) as last_year,
        coalesce(max(year) filter (where share_high < 0.5), 0) as last_certain_year
    from yearly
    group by kind, place
),

passed as (
    select
        yearly.kind,
        yearly.place,
        min(yearly.year) filter (where yearly.year > behind.last_year) as year,
        nullif(behind.last_certain_year, 0) + 1 as earliest,
        min(yearly.year) filter (
            where yearly.share_low > 0.5 and yearly.year > behind.last_certain_year
        ) as latest,
        min(yearly.year) as first_year,
        max(yearly.year) as last_year,
        sum(yearly.n)::bigint as n
    from yearly
    inner join behind using (kind, place)
    group by yearly.kind, yearly.place, behind.last_certain_year
)

select
    places.kind,
    places.place,
    passed.year,
    passed.earliest,
    passed.latest,
    passed.first_year,
    passed.last_year,
    coalesce(passed.n, 0) as n,
    places.papers,
    passed.last_year < max(passed.last_year) over () as ends_early,
    case
        when passed.first_year is null then 'too few papers'
        when not ends_early then coalesce(passed.year::varchar, 'not yet')
        when passed.year is null then 'not yet by ' || passed.last_year || ' (last data)'
        else passed.year || ' (data end in ' || passed.last_year || ')'
    end as words
from places
left join passed using (kind, place)
order by places.kind, places.place;

comment on view crossing is
'The year since which more papers have PyTorch code than TensorFlow code: for all papers, for each '
'field and for each venue, by date of the paper. Years with fewer papers than least_papers() do '
'not count.';
comment on column crossing.kind is 'all, area (a field of venues) or venue.';
comment on column crossing.place is
'all, the field (share_by_area.area) or the venue (share_by_venue.venue).';
comment on column crossing.year is
'First year from which PyTorch''s share stays above one half. Null if there is none.';
comment on column crossing.earliest is
'Start of the interval: the year after the last year whose 95% interval is below one half. Null '
'if no year has such an interval: then the move may be older than the data.';
comment on column crossing.latest is
'End of the interval: the first year, not before earliest, whose 95% interval is above one half. '
'Null if there is none.';
comment on column crossing.first_year is
'First year with enough papers. Null if no year has enough: then the data cannot show a move.';
comment on column crossing.last_year is 'Last year with enough papers.';
comment on column crossing.n is 'Papers with PyTorch or TensorFlow code in the years that count.';
comment on column crossing.papers is 'Papers with PyTorch or TensorFlow code in all years.';
comment on column crossing.ends_early is
'Whether its last year with enough papers is before that of others. Null if no year has enough.';
comment on column crossing.words is
'The year in words for readers, or why there is none. A place that ends early says so: not yet by '
'2018 (last data).';
