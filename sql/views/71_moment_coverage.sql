-- One row per year: how many papers have judged code, and how many of them have code of the time.
create or replace view moment_coverage as
with papers as (
    select
        paper_id,
        year(any_value(day)) as year,
        bool_or(moment = 'then') as is_judged_then,
        bool_or(list_contains(choices, 'then')) as is_of_time,
        bool_or(moment = 'then' and is_of_time and precedes_framework) as precedes_framework
    from dated_paper
    where time_axis = 'paper'
    group by paper_id
),

-- the others wait for `adoption collect history`
examined as (
    select distinct known_commit.paper_id
    from known_commit
    inner join outcome_status
        on outcome_status.step = 'history' and outcome_status.status = known_commit.status
    where outcome_status.means in ('answer', 'gone')
)

select
    year,
    count(*) as papers,
    count(*) filter (where is_of_time) as of_time,
    count(*) filter (where precedes_framework) as before_framework,
    count(*) filter (where is_judged_then and not is_of_time and not precedes_framework)
        as written_later,
    count(*) filter (where not is_judged_then) as without_then,
    count(*) filter (where not is_judged_then and examined.paper_id is null) as waiting
from papers
left join examined using (paper_id)
group by year
order by year;

comment on view moment_coverage is
'One row per year: how many papers have judged code, how many of them have code of the time, and '
'why the others have none.';
comment on column moment_coverage.year is 'Year of the paper''s first public date.';
comment on column moment_coverage.papers is 'Papers with judged code at the moment then or now.';
comment on column moment_coverage.of_time is
'Papers with code of the time that the choice then counts.';
comment on column moment_coverage.before_framework is
'Papers with code of the time where the paper or the commit is older than the framework of the '
'code.';
comment on column moment_coverage.written_later is
'Papers whose code at the moment then is not code of the time (paper_scan.is_of_time): it is not '
'official, and it is from more than a year after the paper.';
comment on column moment_coverage.without_then is
'Papers without judged code at the moment then: no commit is known, or the commit could not be '
'judged.';
comment on column moment_coverage.waiting is
'Papers of without_then that wait for adoption collect history: no run has examined their '
'repositories, or the next run retries (outcome_status.means).';
