-- One row per year and outcome: the papers of the year that were judged, or the reason why not.
-- A paper with several links has the outcome of the link that got furthest.
create or replace view coverage as
with reached as (
    select
        paper_id,
        'paper' as step,
        'judged' as status,
        0 as distance
    from paper_framework
    union all
    select
        paper_link.paper_id,
        case
            when paper_link.problem is not null then 'links'
            when latest_scan.status is not null then 'code'
            when unit.lookup_problem is not null then 'metadata'
            else 'paper'
        end as step,
        coalesce(
            paper_link.problem, latest_scan.status, unit.lookup_problem, 'not_collected'
        ) as status,
        case
            when latest_scan.status is not null or unit.lookup_status is not null then 1
            when paper_link.unit_id is not null then 2
            else 3
        end as distance
    from corrected_link as paper_link
    left join latest_scan using (unit_id)
    left join unit using (unit_id)
    union all
    select
        paper_id,
        'links' as step,
        'no_link' as status,
        4 as distance
    from paper
),

furthest as (
    select
        paper_id,
        arg_min({'step': step, 'status': status}, (distance, status, step)) as outcome
    from reached
    group by paper_id
)

select
    year(paper.published_on) as year,
    outcome_status.status as outcome,
    outcome_status.words,
    count(*) as papers,
    sum(count(*)) over (partition by year(paper.published_on))::bigint as papers_of_year,
    count(*) / sum(count(*)) over (partition by year(paper.published_on)) as share
from furthest
inner join paper_date as paper using (paper_id)
inner join outcome_status
    on
        furthest.outcome.step = outcome_status.step
        and furthest.outcome.status = outcome_status.status
group by year(paper.published_on), outcome_status.status, outcome_status.words
order by year, papers desc, outcome;

comment on view coverage is
'One row per year and outcome: the papers of the year that were judged, or the reason why they '
'were not. Each paper counts once.';
comment on column coverage.year is
'Year of the paper''s first public date. Null for papers without a date.';
comment on column coverage.outcome is
'judged, not_collected, or the status of the last step that the paper''s links reached: '
'outcome_status.status.';
comment on column coverage.words is 'The outcome in words for readers: outcome_status.words.';
comment on column coverage.papers is 'Papers with this outcome.';
comment on column coverage.papers_of_year is 'All papers of the year.';
comment on column coverage.share is 'papers / papers_of_year.';
