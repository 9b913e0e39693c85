-- What is PyTorch's share of the papers with PyTorch or TensorFlow code, year by year?
select
    year,
    share as pytorch_share,
    share_low,
    share_high,
    papers as pytorch_papers,
    n
from share_by_year
where denominator = 'pytorch_tensorflow' and family = 'pytorch'
order by year;
