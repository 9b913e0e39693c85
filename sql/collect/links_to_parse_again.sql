-- Every stored link as its source gave it, with what the parser is told of its paper.
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
order by all
