-- Our share of PyTorch among papers with PyTorch or TensorFlow code, first public in the first half
-- of 2019. A paper of which only the year is known does not count.
create or replace macro claim_arxiv() as table
with dated as (
    select
        dated_paper.family,
        dated_paper.day,
        dated_paper.is_year_only
    from dated_paper
    inner join denominator
        on
            dated_paper.family = denominator.family
            and denominator.denominator = 'pytorch_tensorflow'
    where
        dated_paper.is_default
        and dated_paper.time_axis = 'paper'
        and year(dated_paper.day) = 2019
),

counted as (
    select
        count(*) filter (where not is_year_only and month(day) <= 6) as n,
        count(*) filter (
            where not is_year_only and month(day) <= 6 and family = 'pytorch'
        ) as papers,
        count(*) filter (where is_year_only) as of_year
    from dated
)

select
    'PyTorch' as part,
    '2019-01 to 2019-06' as period,
    papers,
    n,
    papers / n as value,
    wilson_low(papers, n) as low,
    wilson_high(papers, n) as high,
    case
        when of_year > 0
            then 'left out: papers of 2019 whose month is unknown, ' || of_year
    end as remark
from counted
where n > 0;

comment on macro table claim_arxiv is
'Our share of PyTorch among papers of the first half of 2019 with PyTorch or TensorFlow code.';
