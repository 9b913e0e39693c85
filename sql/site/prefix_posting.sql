-- One row per prefix in `wide_prefix`: the numbers of the papers with a key that begins with it.
with lengths as (
    select distinct length(prefix) as length
    from wide_prefix
),

beginnings as (
    select
        left(paper_key.key, lengths.length) as prefix,
        paper_key.number
    from paper_key
    cross join lengths
),

found as (
    select distinct
        beginnings.prefix,
        beginnings.number
    from beginnings
    inner join wide_prefix using (prefix)
)

select
    prefix,
    list(number order by number) as numbers
from found
group by prefix
order by prefix;
