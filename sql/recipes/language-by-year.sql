-- In which language is the code of papers, and what is PyTorch's share in each language and year?
with counted as (
    select
        language,
        year(day) as year,
        count(*) as papers,
        count(*) filter (where family = 'pytorch') as pytorch,
        count(*) filter (where family in ('pytorch', 'tensorflow')) as n
    from dated_paper
    where is_default and time_axis = 'paper' and language is not null
    group by all
)

select
    *,
    case when n > 0 then pytorch / n end as pytorch_share,
    case when n > 0 then wilson_low(pytorch, n) end as share_low,
    case when n > 0 then wilson_high(pytorch, n) end as share_high
from counted
order by language, year;
