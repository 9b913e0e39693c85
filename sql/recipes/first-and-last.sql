-- When did each framework first and last appear in the code of a paper?
select
    family as framework,
    year(min(day)) as first_year,
    year(max(day)) as last_year,
    count(*) as papers
from dated_paper
where is_default and time_axis = 'paper' and family <> 'none'
group by family
order by first_year, papers desc, framework;
