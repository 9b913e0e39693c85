-- One row per paper with a venue, by one name for each venue. Sources write "NeurIPS 2019 12",
-- "nips" and "ICLR.cc/2021/Conference"; venue.pattern matches them.
create or replace view paper_venue as
with named as (
    select
        paper_id,
        trim(regexp_extract(venue, '^(.*?)\W*((19|20)\d\d.*)?$', 1)) as name
    from corrected_paper
),

-- each name once, because DuckDB compiles the patterns for every row
known as (
    select
        names.name,
        min(venue.venue) as venue
    from (select distinct name from named) as names
    inner join venue on regexp_full_match(names.name, '(?i)(' || venue.pattern || ')(\.cc)?')
    group by names.name
)

select
    named.paper_id,
    coalesce(known.venue, named.name) as venue,
    venue.area
from named
left join known on named.name = known.name
left join venue on known.venue = venue.venue
where named.name <> '';

comment on view paper_venue is
'One row per paper with a venue, by one name for each venue and without its year.';
comment on column paper_venue.paper_id is 'The paper: paper.paper_id.';
comment on column paper_venue.venue is
'The venue: venue.venue where it is well known, else the source''s own name for it.';
comment on column paper_venue.area is
'The field of the venue: venue.area. Null for a venue that data/venues.csv does not have.';
