-- One row per judged paper, moment and time axis, with all values that shares can be filtered by.
-- The choice `then` counts code of the time (paper_scan.is_of_time). It leaves out papers and
-- commits that are older than the framework. The choice `anybody` counts all code at the moment
-- `then`, and the choice `now` counts the newest commits.
create or replace view dated_paper as
with described as (
    select
        paper_framework.*,
        paper.published_on,
        paper.date_precision,
        paper_venue.venue,
        paper_venue.area,
        unit_repository.created_at,
        coalesce(
            least(
                last_public_day(paper.published_on, paper.date_precision),
                paper_framework.committed_at::date
            )
            < framework_release.released_on,
            false
        ) as precedes_framework,
        unit_repository.stars,
        scan_language.language
    from paper_framework
    inner join paper_date as paper using (paper_id)
    left join paper_venue using (paper_id)
    left join unit_repository on paper_framework.unit_id = unit_repository.unit_id
    left join framework_release
        on
            paper_framework.label = framework_release.framework
            and framework_release.variant is null
    left join scan_language on paper_framework.scan_id = scan_language.scan_id
),

chosen as (
    select
        *,
        case
            when moment = 'now' then ['now']
            when is_of_time and not precedes_framework then ['then', 'anybody']
            else ['anybody']
        end as choices
    from described
),

dated as (
    select
        *,
        unnest([
            {'time_axis': 'paper', 'day': published_on, 'is_year_only': date_precision = 'year'},
            {'time_axis': 'created', 'day': created_at::date, 'is_year_only': false},
            {'time_axis': 'commit', 'day': committed_at::date, 'is_year_only': false}
        ]) as placed
    from chosen
)

select
    paper_id,
    moment,
    choices,
    list_contains(choices, default_choice.choice) as is_default,
    is_of_time,
    precedes_framework,
    placed.time_axis,
    placed.day,
    placed.is_year_only,
    label,
    family,
    variant,
    coalesce(family || ' ' || variant, family) as series,
    style,
    is_official,
    venue,
    area,
    stars,
    language
from dated
cross join default_choice
where placed.day is not null;

comment on view dated_paper is
'One row per judged paper, moment and time axis on which it has a date, with all values that '
'shares can be filtered by.';
comment on column dated_paper.paper_id is 'The paper: paper.paper_id.';
comment on column dated_paper.moment is 'then or now: paper_scan.moment.';
comment on column dated_paper.choices is
'The choices that count the row: then (code of the time), anybody (all code at the moment then), '
'now (the newest commits).';
comment on column dated_paper.is_default is
'Whether the views of shares count the row: choices contains default_choice.choice.';
comment on column dated_paper.is_of_time is
'Whether the repository has code of the time: paper_scan.is_of_time.';
comment on column dated_paper.precedes_framework is
'Whether the paper or the commit is older than the framework: framework_release.';
comment on column dated_paper.time_axis is
'paper (first public date), created (creation of its repository, according to GitHub) or commit '
'(date of the scanned commit: paper_framework.committed_at).';
comment on column dated_paper.day is
'The date. Where only the month or year is known: its first day.';
comment on column dated_paper.is_year_only is
'Whether only the year is known. Such papers are in no quarter or month.';
comment on column dated_paper.label is 'The main framework: paper_framework.label.';
comment on column dated_paper.family is 'The label''s family: repo_label.family explains it.';
comment on column dated_paper.variant is 'TensorFlow 1.x or 2.x. Null where it is unknown.';
comment on column dated_paper.series is
'The family; with its variant where that is known: tensorflow 1.x, tensorflow 2.x.';
comment on column dated_paper.style is 'graph or eager. Null where it is unknown.';
comment on column dated_paper.is_official is 'Whether official repositories decided.';
comment on column dated_paper.venue is
'The venue: paper_venue.venue. Null where no source names one.';
comment on column dated_paper.area is
'The field of the venue: paper_venue.area. Null where it is unknown.';
comment on column dated_paper.stars is
'Stars of its repository: unit_repository.stars. Null where they are unknown.';
comment on column dated_paper.language is 'Language of its code: scan_language.language.';
