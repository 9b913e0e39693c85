-- How many papers of each year use TensorFlow 1.x, and how many 2.x?
select
    year(paper.published_on) as year,
    count(*) filter (where paper_framework.variant = '1.x') as tensorflow_1,
    count(*) filter (where paper_framework.variant = '2.x') as tensorflow_2,
    count(*) filter (where paper_framework.variant is null) as nothing_tells
from paper_framework
inner join paper using (paper_id)
where paper_framework.family = 'tensorflow' and paper.published_on is not null
group by all
order by all;
