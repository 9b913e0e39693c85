-- What became of every paper, by year: judged, or the reason why not.
-- A paper with several links has the reason of the one that got furthest.
create or replace view coverage as
with links as (
    select
        paper_link.paper_id,
        coalesce(
            paper_link.problem,
            latest_scan.status,
            nullif(nullif(unit.lookup_status, 'ok'), 'renamed'),
            'not_collected'
        ) as reason,
        case
            when latest_scan.status is not null or unit.lookup_status is not null then 1
            when paper_link.unit_id is not null then 2
            else 3
        end as distance
    from paper_link
    left join latest_scan using (unit_id)
    left join unit using (unit_id)
),

papers as (
    select
        paper.paper_id,
        year(paper.published_on) as year,
        case
            when paper_framework.paper_id is not null then 'judged'
            else coalesce(arg_min(links.reason, (links.distance, links.reason)), 'no_link')
        end as outcome
    from paper
    left join paper_framework using (paper_id)
    left join links using (paper_id)
    group by paper.paper_id, paper.published_on, paper_framework.paper_id
)

select
    year,
    outcome,
    count(*) as papers,
    sum(count(*)) over (partition by year)::bigint as papers_of_year,
    count(*) / sum(count(*)) over (partition by year) as share
from papers
group by year, outcome
order by year, papers desc, outcome;

comment on view coverage is 'What became of the papers of a year: judged, or why not. Each paper counts once.';
comment on column coverage.year is 'Year of the paper''s first public date. Null: the date is unknown.';
comment on column coverage.outcome is 'judged; or why not: not_found, no_source, not_collected, owner_only, ... (scan.status, repo_lookup.status, paper_link.problem).';
comment on column coverage.papers is 'Papers.';
comment on column coverage.papers_of_year is 'All papers of that year.';
comment on column coverage.share is 'papers / papers_of_year.';
