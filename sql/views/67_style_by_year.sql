-- One row per year: papers whose code runs eagerly, among those whose style is known.
create or replace view style_by_year as
with counted as (
    select
        year(day) as year,
        count(*) filter (where style = 'eager') as eager,
        count(*) filter (where style = 'graph') as graph,
        count(*) filter (where style is null) as unclear,
        count(*) filter (where style = 'eager' and family = 'pytorch') as eager_pytorch
    from dated_paper
    where is_default and time_axis = 'paper' and family <> 'none'
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

comment on view style_by_year is
'Papers whose code runs eagerly (imperative) or builds a graph first, among those whose style is '
'known.';
comment on column style_by_year.year is 'Year of the paper''s first public date.';
comment on column style_by_year.eager is 'Papers whose code runs eagerly.';
comment on column style_by_year.graph is
'Papers whose code builds a graph and runs it in a session.';
comment on column style_by_year.unclear is 'Papers with a framework whose style is unknown.';
comment on column style_by_year.eager_pytorch is
'Papers with PyTorch code. The column eager includes them.';
comment on column style_by_year.n is 'eager + graph.';
comment on column style_by_year.share_eager is 'eager / n.';
comment on column style_by_year.share_low is 'Lower end of the Wilson 95% interval.';
comment on column style_by_year.share_high is 'Upper end of the Wilson 95% interval.';
