-- What is collected, what failed and why: one row per kind of thing and its state.
create or replace view collection_state as
select
    'papers' as kind,
    source as state,
    count(distinct paper_id) as items,
    null::varchar as example
from paper_link
group by source
union all
select
    'links' as kind,
    coalesce(problem, 'usable') as state,
    count(*) as items,
    min(problem_message) as example
from paper_link
group by state
union all
select
    'repositories' as kind,
    status as state,
    count(*) as items,
    min(message) as example
from repo_lookup
group by state
union all
select
    'source' as kind,
    scan.status as state,
    count(*) as items,
    min(scan.message) as example
from latest_scan
inner join scan using (scan_id)
group by state;

comment on view collection_state is 'One row per kind of thing that is collected and its state: papers by source, links, looked-up repositories and scanned units by outcome.';
comment on column collection_state.kind is 'papers, links, repositories or source.';
comment on column collection_state.state is 'Source of the papers; paper_link.problem or usable; repo_lookup.status; scan.status.';
comment on column collection_state.items is 'How many.';
comment on column collection_state.example is 'The sentence that one of them has.';
