-- Stored links as their sources gave them, with what the parser needs to know of their papers.
-- $problem: only links with this problem; null for all.
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
where $problem is null or paper_link.problem = $problem
order by all
