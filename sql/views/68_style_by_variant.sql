-- One row per year and variant of TensorFlow: papers whose code runs eagerly, among those whose
-- style is known.
create or replace view style_by_variant as
with counted as (
    select
        variant,
        year(day) as year,
        count(*) filter (where style = 'eager') as eager,
        count(*) filter (where style = 'graph') as graph,
        count(*) filter (where style is null) as unclear
    from dated_paper
    where is_default and time_axis = 'paper' and family = 'tensorflow' and variant is not null
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

comment on view style_by_variant is
'Papers with TensorFlow code whose code runs eagerly or builds a graph first, by variant and year.';
comment on column style_by_variant.variant is '1.x or 2.x: repo_label.variant.';
comment on column style_by_variant.year is 'Year of the paper''s first public date.';
comment on column style_by_variant.eager is 'Papers whose code runs eagerly.';
comment on column style_by_variant.graph is
'Papers whose code builds a graph and runs it in a session.';
comment on column style_by_variant.unclear is 'Papers whose style is unknown.';
comment on column style_by_variant.n is 'eager + graph.';
comment on column style_by_variant.share_eager is 'eager / n.';
comment on column style_by_variant.share_low is 'Lower end of the Wilson 95% interval.';
comment on column style_by_variant.share_high is 'Upper end of the Wilson 95% interval.';
