-- One row per year and variant of TensorFlow: the papers whose code is written for it.
create or replace view tensorflow_by_year as
with counted as (
    select
        year(day) as year,
        coalesce(variant, 'unclear') as variant,
        count(*) as papers
    from dated_paper
    where is_default and time_axis = 'paper' and family = 'tensorflow'
    group by all
)

select
    *,
    sum(papers) over (partition by year)::bigint as n,
    papers / sum(papers) over (partition by year) as share
from counted
order by all;

comment on view tensorflow_by_year is
'Papers with TensorFlow code, by year and by the variant that the code is written for.';
comment on column tensorflow_by_year.year is 'Year of the paper''s first public date.';
comment on column tensorflow_by_year.variant is
'1.x, 2.x, or unclear: the code has no evidence of a variant (repo_label.variant).';
comment on column tensorflow_by_year.papers is 'Papers.';
comment on column tensorflow_by_year.n is 'Papers of the year with TensorFlow code.';
comment on column tensorflow_by_year.share is 'papers / n.';
