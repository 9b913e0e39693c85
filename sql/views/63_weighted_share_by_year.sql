-- PyTorch's share by year, weighted: what the drawn papers say about all papers of the lists.
-- The interval is Wilson's for the effective number of papers, (sum of weights)^2 / sum of squares.
-- Weights are added in their order, so a sum does not depend on the order of the rows.
create or replace view weighted_share_by_year as
with counted as (
    select
        year(dated_paper.day) as year,
        count(*) as n,
        sum(sampled_paper.weight order by sampled_paper.weight) as total,
        coalesce(
            sum(sampled_paper.weight order by sampled_paper.weight)
            filter (where dated_paper.family = 'pytorch'),
            0
        ) as pytorch,
        sum(sampled_paper.weight ^ 2 order by sampled_paper.weight) as squares
    from dated_paper
    inner join sampled_paper using (paper_id)
    inner join denominator
        on
            dated_paper.family = denominator.family
            and denominator.denominator = 'pytorch_tensorflow'
    where dated_paper.is_default and dated_paper.time_axis = 'paper'
    group by year(dated_paper.day)
)

select
    year,
    n,
    total ^ 2 / squares as effective_n,
    pytorch / total as share,
    wilson_low(pytorch / total * effective_n, effective_n) as share_low,
    wilson_high(pytorch / total * effective_n, effective_n) as share_high
from counted
order by year;

comment on view weighted_share_by_year is
'PyTorch''s share of a year among papers with PyTorch or TensorFlow code. The weight of a paper is '
'the number of repositories in the lists that it stands for. Empty if the code does not come from '
'a recorded sample.';
comment on column weighted_share_by_year.year is 'Year of the paper''s first public date.';
comment on column weighted_share_by_year.n is 'Papers with PyTorch or TensorFlow code.';
comment on column weighted_share_by_year.effective_n is
'Number of papers of equal weight that would give an interval of the same width.';
comment on column weighted_share_by_year.share is
'Weight of papers with PyTorch code / all weight.';
comment on column weighted_share_by_year.share_low is 'Lower end of the 95% interval.';
comment on column weighted_share_by_year.share_high is 'Upper end of the 95% interval.';
