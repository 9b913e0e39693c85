-- How many papers of each year use which framework?
pivot (
    select
        year,
        framework,
        papers
    from share_by_year
    where denominator = 'with_source'
)
on framework
using sum(papers)
order by year;
