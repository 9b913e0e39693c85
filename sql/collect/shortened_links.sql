-- Stored links that name a shortener's address, as links_to_parse_again.sql gives them.
select
    paper_link.paper_id,
    paper_link.source,
    paper_link.raw_link,
    paper_link.is_official,
    paper_link.source_label,
    paper_link.source_stars,
    paper.published_on
from paper_link
inner join paper using (paper_id)
where paper_link.problem = 'short_link'
order by all
