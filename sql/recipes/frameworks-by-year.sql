-- How many papers of each year use which framework?
with counted as (
    select
        year,
        family,
        papers
    from share_by_year
    where denominator = 'with_code'
)

select *
from (pivot counted on family using any_value(papers))
order by year;
