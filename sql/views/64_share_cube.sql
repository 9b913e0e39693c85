-- One row per combination of everything that shares can be filtered by, with its papers.
-- A sum over its rows needs a condition on choice, or it counts papers several times.
create or replace view share_cube as
with counted as (
    select
        *,
        unnest(choices) as choice
    from dated_paper
)

select
    choice,
    time_axis,
    date_trunc('month', day)::date as month,
    is_year_only,
    label,
    family,
    series,
    is_official,
    venue,
    area,
    star_bucket.stars_from,
    language,
    count(*) as papers
from counted
asof left join star_bucket on counted.stars >= star_bucket.stars_from
group by all
order by all;

comment on view share_cube is
'Judged papers counted by everything that shares can be filtered by: any share of the dashboards '
'is a sum over some of its rows.';
comment on column share_cube.choice is
'The code that counts: a value of dated_paper.choices. A paper has rows for several choices, so '
'use only one choice in a sum.';
comment on column share_cube.time_axis is 'As in dated_paper.';
comment on column share_cube.month is 'First day of the month of the date.';
comment on column share_cube.is_year_only is 'Whether only the year is known.';
comment on column share_cube.label is 'The main framework: paper_framework.label.';
comment on column share_cube.family is 'The label''s family: repo_label.family explains it.';
comment on column share_cube.series is 'As in dated_paper: the family, tensorflow by variant.';
comment on column share_cube.is_official is 'Whether an official repository decided.';
comment on column share_cube.venue is 'Venue; null where no source names one.';
comment on column share_cube.area is
'Field of the venue: nlp, vision, learning, robotics or general; null where it is unknown.';
comment on column share_cube.stars_from is
'Stars, rounded down to a row of star_bucket; null where unknown.';
comment on column share_cube.language is 'Language of the code.';
comment on column share_cube.papers is 'Papers.';
