-- Our share of PyTorch among papers with PyTorch or TensorFlow code, first public in the first half
-- of 2019. A paper of which only the year is known does not count.
create or replace macro claim_arxiv() as table
with counted as (
    select
        count(*) as n,
        count(*) filter (where dated_paper.family = 'pytorch') as papers
    from dated_paper
    inner join denominator
        on
            dated_paper.family = denominator.family
            and denominator.denominator = 'pytorch_tensorflow'
    where
        dated_paper.is_default
        and dated_paper.time_axis = 'paper'
        and not dated_paper.is_year_only
        and dated_paper.day between date '2019-01-01' and date '2019-06-30'
)

select
    'PyTorch' as part,
    '2019-01 to 2019-06' as period,
    papers,
    n,
    papers / n as value,
    wilson_low(papers, n) as low,
    wilson_high(papers, n) as high
from counted
where n > 0;

comment on macro table claim_arxiv is
'Our share of PyTorch among papers of the first half of 2019 with PyTorch or TensorFlow code.';
