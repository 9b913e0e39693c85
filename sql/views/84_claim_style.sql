-- How much of the code for TensorFlow 1.x builds graphs, and how much of that for 2.x runs eagerly.
create or replace macro claim_style() as table
with counted as (
    select
        variant,
        min(year) || ' to ' || max(year) as period,
        sum(case when variant = '1.x' then graph else eager end)::bigint as papers,
        sum(n)::bigint as n,
        sum(unclear)::bigint as unclear
    from style_by_variant
    group by variant
)

select
    case
        when variant = '1.x' then 'graphs in TensorFlow 1.x' else 'eager code in TensorFlow 2.x'
    end as part,
    period,
    papers,
    n,
    papers / n as value,
    wilson_low(papers, n) as low,
    wilson_high(papers, n) as high,
    case
        when unclear > 0
            then
                'left out: ' || unclear || ' of ' || n + unclear || ' papers, whose style is unknown '
                || '(the share of all of them is between '
                || round(100 * papers / (n + unclear))::integer || '% and '
                || round(100 * (papers + unclear) / (n + unclear))::integer || '%)'
    end as remark
from counted;

comment on macro table claim_style is
'The share of graph code among papers with code for TensorFlow 1.x, and of eager code among papers '
'with code for 2.x, where the style is known.';
