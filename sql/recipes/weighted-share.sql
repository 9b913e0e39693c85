-- What is PyTorch's share if each paper has the weight of the repositories that it stands for?
select
    weighted.year,
    weighted.share as weighted_share,
    weighted.share_low,
    weighted.share_high,
    weighted.effective_n,
    share_by_year.share as unweighted_share,
    weighted.n
from weighted_share_by_year as weighted
left join share_by_year
    on
        weighted.year = share_by_year.year
        and share_by_year.denominator = 'pytorch_tensorflow'
        and share_by_year.family = 'pytorch'
order by weighted.year;
