-- One row per paper, with the dates and venues that a person corrected. A year at the end of a new
-- venue is the year of the venue.
create or replace view corrected_paper as
select
    paper.* replace (
        coalesce(dates.published_on, paper.published_on) as published_on,
        coalesce(dates.date_precision, paper.date_precision) as date_precision,
        coalesce(
            nullif(regexp_extract(venues.new, '^(.+) (19|20)\d\d$', 1), ''),
            venues.new,
            paper.venue
        ) as venue,
        coalesce(
            try_cast(regexp_extract(venues.new, '^.+ ((19|20)\d\d)$', 1) as integer),
            paper.venue_year
        ) as venue_year
    )
from paper
left join paper_correction as dates
    on dates.kind = 'date' and dates.is_applied and paper.paper_id = dates.item
left join paper_correction as venues
    on venues.kind = 'venue' and venues.is_applied and paper.paper_id = venues.item;

comment on view corrected_paper is
'One row per paper: the rows of paper with the corrections of dates and venues.';
comment on column corrected_paper.paper_id is 'As in paper.paper_id.';
comment on column corrected_paper.title is 'As in paper.title.';
comment on column corrected_paper.published_on is 'As in paper.published_on.';
comment on column corrected_paper.date_precision is 'As in paper.date_precision.';
comment on column corrected_paper.venue is 'As in paper.venue.';
comment on column corrected_paper.venue_year is
'As in paper.venue_year, or the year at the end of a corrected venue.';
comment on column corrected_paper.arxiv_id is 'As in paper.arxiv_id.';
comment on column corrected_paper.doi is 'As in paper.doi.';
comment on column corrected_paper.seen_at is 'As in paper.seen_at.';
