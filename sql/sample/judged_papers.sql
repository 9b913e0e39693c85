-- One row per year of papers: the papers of drawn repositories with judged code, of then and of now.
select
    year(paper.published_on) as year,
    count(distinct paper_framework.paper_id) filter (where moment = 'then') as judged_then,
    count(distinct paper_framework.paper_id) filter (where moment = 'now') as judged_now
from paper_framework
inner join paper_date as paper using (paper_id)
where
    paper_framework.paper_id in (
        select paper_link.paper_id
        from paper_link
        semi join sampled_scan using (unit_id)
    )
group by year(paper.published_on)
order by year
