-- One row per year: the papers with judged code, and which of them the moment then can count.
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
)

select
    year,
    count(*) as papers,
    count(*) filter (where is_of_time) as of_time,
    count(*) filter (where precedes_framework and not is_of_time) as before_framework,
    count(*) filter (where is_judged_then and not is_of_time and not precedes_framework)
        as written_later,
    count(*) filter (where not is_judged_then) as without_then
from papers
group by year
order by year;

comment on view moment_coverage is
'One row per year: the papers with judged code, and which of them have code of their time.';
comment on column moment_coverage.year is 'Year of the paper''s first public date.';
comment on column moment_coverage.papers is 'Papers with code that was judged at any moment.';
comment on column moment_coverage.of_time is 'Papers that the choice then counts.';
comment on column moment_coverage.before_framework is
'Papers that came out before the framework of their code: authors published the code later.';
comment on column moment_coverage.written_later is
'Papers whose code is not official and was written more than a year later.';
comment on column moment_coverage.without_then is
'Papers whose commit of the time is not known, or could not be judged.';
