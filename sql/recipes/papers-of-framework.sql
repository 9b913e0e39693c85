-- Which papers use JAX (or --set framework=NAME), and where is their code?
select
    paper.published_on,
    paper_framework.paper_id,
    paper.title,
    paper.venue,
    paper_framework.unit_id,
    paper_framework.variant
from paper_framework
inner join dated_paper using (paper_id, moment)
inner join corrected_paper as paper using (paper_id)
where
    dated_paper.is_default
    and dated_paper.time_axis = 'paper'
    and coalesce(getvariable('framework'), 'jax')
    in (paper_framework.label, paper_framework.family)
order by paper.published_on desc, paper_framework.paper_id;
