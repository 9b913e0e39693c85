-- Which papers have code that imports no framework, and how sure is that?
select
    paper.published_on,
    paper_framework.paper_id,
    paper.title,
    paper.venue,
    paper_framework.unit_id,
    repo_label.confidence
from paper_framework
inner join dated_paper using (paper_id, moment)
inner join corrected_paper as paper using (paper_id)
inner join repo_label using (scan_id)
where
    dated_paper.is_default
    and dated_paper.time_axis = 'paper'
    and paper_framework.family = 'none'
order by paper.published_on desc, paper_framework.paper_id;
