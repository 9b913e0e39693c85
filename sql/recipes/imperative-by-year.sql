-- When did research code become imperative? Papers whose code runs eagerly, among those whose style is known.
select
    year(paper.published_on) as year,
    count(*) filter (where paper_framework.style = 'eager') as eager,
    count(*) filter (where paper_framework.style = 'graph') as graph,
    eager / (eager + graph) as share_eager
from paper_framework
inner join paper using (paper_id)
where paper_framework.style is not null and paper.published_on is not null
group by all
order by all;
