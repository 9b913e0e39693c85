-- How TensorFlow's code changed, and when research code became imperative.
create or replace view tensorflow_by_year as
with counted as (
    select
        year(day) as year,
        coalesce(variant, 'not told') as generation,
        count(*) as papers
    from dated_paper
    where time_axis = 'paper' and family = 'tensorflow'
    group by all
)

select
    *,
    sum(papers) over (partition by year)::bigint as n,
    papers / sum(papers) over (partition by year) as share
from counted
order by all;

comment on view tensorflow_by_year is 'Papers with TensorFlow code by the generation that it is written for.';
comment on column tensorflow_by_year.year is 'Year of the paper''s first public date.';
comment on column tensorflow_by_year.generation is '1.x, 2.x, or not told: nothing that the code names belongs to one of them alone.';
comment on column tensorflow_by_year.papers is 'Papers.';
comment on column tensorflow_by_year.n is 'Papers of the year with TensorFlow code.';
comment on column tensorflow_by_year.share is 'papers / n.';

create or replace view style_by_year as
with counted as (
    select
        year(day) as year,
        count(*) filter (where style = 'eager') as eager,
        count(*) filter (where style = 'graph') as graph,
        count(*) filter (where style is null) as not_told,
        count(*) filter (where style = 'eager' and family = 'pytorch') as eager_pytorch
    from dated_paper
    where time_axis = 'paper' and family <> 'none'
    group by all
)

select
    *,
    eager + graph as n,
    eager / n as share_eager,
    wilson_low(eager, n) as share_low,
    wilson_high(eager, n) as share_high
from counted
where n > 0
order by all;

comment on view style_by_year is 'Papers whose code runs eagerly (imperative) or builds a graph first, among those whose code tells.';
comment on column style_by_year.year is 'Year of the paper''s first public date.';
comment on column style_by_year.eager is 'Papers whose code runs eagerly.';
comment on column style_by_year.graph is 'Papers whose code builds a graph and runs it in a session.';
comment on column style_by_year.not_told is 'Papers with a framework whose code does not tell.';
comment on column style_by_year.eager_pytorch is 'Of the eager ones: with PyTorch.';
comment on column style_by_year.n is 'eager + graph.';
comment on column style_by_year.share_eager is 'eager / n.';
comment on column style_by_year.share_low is 'Lower end of the Wilson 95 % interval.';
comment on column style_by_year.share_high is 'Upper end of the Wilson 95 % interval.';
