-- Judged papers, as many as the variable `papers` says. They have as many combinations of what shares
-- are filtered by as real lists may have: 11 years, 40 venues (two papers in three tell none), 8
-- languages, 18 frameworks.
create table synthetic_paper as
with papers as (
    select
        'p' || i as paper_id,
        hash(i) % 4000 as day_number,
        (hash(i + 1) % 1000) / 1000 as chance,
        hash(i + 2) % 120 as venue_number,
        (hash(i + 3) % 1000) / 1000 as fame,
        (hash(i + 4) % 1000) / 1000 as tongue,
        hash(i + 5) % 3 = 0 as is_official
    from range(getvariable('papers')) as numbers (i)
),

labelled as (
    select
        *,
        case
            when chance < 0.5 then 'pytorch'
            when chance < 0.68 then 'tensorflow'
            when chance < 0.75 then 'keras'
            when chance < 0.79 then 'jax'
            when chance < 0.87 then 'none'
            else list_value(
                'mxnet', 'paddle', 'mindspore', 'caffe', 'caffe2', 'torch7', 'theano', 'chainer',
                'cntk', 'dynet', 'flux', 'mlx', 'jittor'
            )[1 + (chance * 1000)::integer % 13]
        end as label
    from papers
)

select
    labelled.paper_id,
    axes.time_axis,
    (date '2014-01-01' + (labelled.day_number::integer + axes.shift))::date as day,
    false as is_year_only,
    labelled.label,
    case labelled.label when 'keras' then 'tensorflow' else labelled.label end as family,
    case
        when labelled.label = 'tensorflow' then if(labelled.day_number < 2200, '1.x', '2.x')
    end as variant,
    'eager' as style,
    labelled.is_official,
    case when labelled.venue_number < 40 then 'Venue ' || labelled.venue_number end as venue,
    (power(10, labelled.fame * 4.5) - 1)::integer as stars,
    list_value('python', 'cpp', 'matlab', 'r', 'julia', 'lua', 'java', 'swift')[
        1 + greatest((labelled.tongue * 40)::integer - 33, 0)
    ] as language
from labelled
cross join (values ('paper', 0), ('created', 60), ('commit', 400)) as axes (time_axis, shift);

create or replace view default_choice as
select 'then' as choice;

-- as in sql/views/55_dated_paper.sql, all three choices of code: one paper in five has none of its
-- time, and the newest commits are up to four years younger
create or replace view dated_paper as
select
    synthetic_paper.* exclude (day),
    synthetic_paper.day + if(
        moments.moment = 'now' and synthetic_paper.time_axis = 'commit',
        (hash(synthetic_paper.paper_id) % 1500)::integer,
        0
    ) as day,
    coalesce(synthetic_paper.family || ' ' || synthetic_paper.variant, synthetic_paper.family)
        as series,
    moments.moment,
    case
        when moments.moment = 'now' then ['now']
        when hash(synthetic_paper.paper_id) % 5 = 0 then ['anybody']
        else ['then', 'anybody']
    end as choices,
    list_contains(choices, 'then') as is_default,
    list_contains(choices, 'then') as is_of_time,
    false as precedes_framework,
    null::varchar as area
from synthetic_paper
cross join (values ('then'), ('now')) as moments (moment);
