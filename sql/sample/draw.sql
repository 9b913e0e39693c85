-- Draws repositories: one row each. Parameters: $seed, $per_cell, $years and $sizes (years with a
-- limit of their own instead of $per_cell), $whole (strata to draw completely).
-- A stratum is a venue's area, `pwc` for what Papers with Code links to, or `other` without a known
-- venue. A stratum's year is a cell. A repository belongs to one cell: pwc comes before the others,
-- then the earliest year, then the first stratum in alphabetical order; year 0 means unknown.
-- In a cell, the order is that of a hash, so a larger draw contains the smaller one.
with linked as (
    select
        paper_link.host || '/' || repository_key(paper_link.owner, paper_link.name) as repository,
        repository_key(paper_link.owner, paper_link.name) as repository_key,
        paper_link.owner,
        paper_link.name,
        if(paper_link.source = 'pwc', 'pwc', coalesce(venue.area, 'other')) as stratum,
        coalesce(paper.venue_year, year(paper.published_on), 0)::integer as year
    from paper_link
    inner join paper using (paper_id)
    left join paper_venue using (paper_id)
    left join venue on paper_venue.venue = venue.venue
    where paper_link.unit_id is not null
),

celled as (
    select
        repository,
        any_value(repository_key) as repository_key,
        -- capitals come first: a list that lost them gives way to one that kept them
        arg_min(owner, (owner, name)) as owner,
        arg_min(name, (owner, name)) as name,
        arg_min(stratum, (stratum <> 'pwc', year = 0, year, stratum)) as stratum,
        arg_min(year, (stratum <> 'pwc', year = 0, year, stratum)) as year
    from linked
    group by repository
),

placed as (
    select
        *,
        row_number() over (
            partition by stratum, year
            order by sha256($seed || ':' || repository_key), repository
        ) as place,
        count(*) over (partition by stratum, year) as cell_size
    from celled
)

select
    repository,
    owner,
    name,
    stratum,
    year,
    place,
    cell_size,
    cell_size / count(*) over (partition by stratum, year) as weight
from placed
where
    place <= coalesce(map($years, $sizes)[year], $per_cell)
    or list_contains($whole, stratum)
order by stratum, year, place
