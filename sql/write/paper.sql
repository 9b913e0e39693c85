-- Papers of a source, under the id that they have here. Values that the source does not know stay.
-- The more precise date wins; of two equally precise dates, the earlier.
insert into paper by name
select incoming.* replace (coalesce(paper_alias.paper_id, incoming.paper_id) as paper_id)
from incoming
left join paper_alias on paper_alias.alias = incoming.paper_id
qualify
    row_number() over (
        partition by coalesce(paper_alias.paper_id, incoming.paper_id)
        order by incoming.date_precision nulls last, incoming.published_on, incoming.paper_id
    ) = 1
on conflict do update set
    title = coalesce(excluded.title, title),
    published_on = case
        -- null, an unknown date, comes after all others
        when (excluded.date_precision, excluded.published_on) < (date_precision, published_on)
            then excluded.published_on
        else published_on
    end,
    date_precision = case
        when
            date_precision is null or excluded.date_precision < date_precision
            then excluded.date_precision
        else date_precision
    end,
    venue = coalesce(excluded.venue, venue),
    venue_year = coalesce(excluded.venue_year, venue_year),
    arxiv_id = coalesce(excluded.arxiv_id, arxiv_id),
    doi = coalesce(excluded.doi, doi)
