-- One row per kind of collected thing and state: how many there are, and an example.
create or replace view collection_state as
with counted as (
    select
        'links' as kind,
        'links' as step,
        coalesce(problem, 'usable') as state,
        count(*) as items,
        min(problem_message) as message
    from paper_link
    group by all
    union all
    select
        'repositories' as kind,
        'metadata' as step,
        status as state,
        count(*) as items,
        min(message) as message
    from repo_lookup
    group by all
    union all
    select
        'code' as kind,
        'code' as step,
        scan.status as state,
        count(*) as items,
        min(scan.message) as message
    from latest_scan
    inner join scan using (scan_id)
    group by all
    union all
    select
        'history' as kind,
        'history' as step,
        status as state,
        count(*) as items,
        min(message) as message
    from paper_commit
    group by all
    union all
    select
        'years' as kind,
        'years' as step,
        status as state,
        count(*) as items,
        min(message) as message
    from repository_history
    group by all
)

select
    'papers' as kind,
    source as state,
    source as words,
    count(distinct paper_id) as items,
    null::varchar as example
from paper_link
group by source
union all
select
    counted.kind,
    counted.state,
    outcome_status.words,
    counted.items,
    case
        when outcome_status.means = 'answer' and counted.kind <> 'links' then null
        else counted.message
    end as example
from counted
left join outcome_status
    on outcome_status.step = counted.step and outcome_status.status = counted.state;

comment on view collection_state is
'One row per kind of collected thing and state: papers by source; links, looked-up repositories, '
'scanned units, commits of papers and histories of units by status.';
comment on column collection_state.kind is 'papers, links, repositories, code, history or years.';
comment on column collection_state.state is
'papers: the source. links: paper_link.problem or usable. repositories: repo_lookup.status. code: '
'scan.status. history: paper_commit.status. years: repository_history.status.';
comment on column collection_state.words is
'The state in words for readers: outcome_status.words. For papers the source.';
comment on column collection_state.items is 'Number of things in this state.';
comment on column collection_state.example is
'The message of one of them, in one sentence. Null if the status is a complete explanation.';
