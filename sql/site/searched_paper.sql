-- One row per paper that the site can find, numbered from 0: papers with the most starred repositories
-- first, then the newest.
create or replace temp table searched_paper as
with starred as (
    select
        paper_link.paper_id,
        max(unit_repository.stars) as stars
    from corrected_link as paper_link
    inner join unit_repository using (unit_id)
    group by paper_link.paper_id
)

select
    row_number() over (
        order by
            starred.stars desc nulls last,
            paper_date.published_on desc nulls last,
            paper.paper_id
    ) - 1 as number,
    paper.paper_id,
    coalesce(paper.title, paper.paper_id) as title,
    paper_date.published_on,
    paper_date.date_precision,
    paper_venue.venue,
    paper.venue as source_venue,
    paper.venue_year,
    paper.arxiv_id,
    paper.doi
from corrected_paper as paper
inner join paper_date using (paper_id)
left join paper_venue using (paper_id)
left join starred using (paper_id);
