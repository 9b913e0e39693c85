-- How many papers of each year use which framework?
pivot (
    select
        year,
        family,
        papers
    from share_by_year
    where denominator = 'with_code'
)
on family
using sum(papers)
order by year;
