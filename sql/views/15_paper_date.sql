-- One row per paper, with its date. If only the year of a paper is known, and this is the year of a
-- conference whose month is known, the paper came out in the month of the conference.
create or replace view paper_date as
with dated as (
    select
        paper.paper_id,
        paper.published_on,
        paper.date_precision,
        make_date(conference.year, conference.month, 1) as conference_month
    from corrected_paper as paper
    left join paper_venue using (paper_id)
    left join conference
        on
            paper.date_precision = 'year'
            and paper_venue.venue = conference.venue
            and paper.venue_year = conference.year
            and year(paper.published_on) = conference.year
)

select
    paper_id,
    coalesce(conference_month, published_on) as published_on,
    case when conference_month is null then date_precision else 'month' end as date_precision,
    conference_month is not null as is_of_conference
from dated;

comment on view paper_date is
'One row per paper: the date of the sources or of a correction, or the month of the conference '
'where only its year is known.';
comment on column paper_date.paper_id is 'The paper: paper.paper_id.';
comment on column paper_date.published_on is
'First public date. If only the month or year is known: its first day. Null where it is unknown.';
comment on column paper_date.date_precision is
'day, month or year. Null where the date is unknown.';
comment on column paper_date.is_of_conference is
'Whether the date is the month of the conference: conference.month.';
