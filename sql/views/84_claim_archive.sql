-- Our shares of PyTorch and TensorFlow in the Papers with Code archive: papers with readable code,
-- by the newest commit. The date is that of the repository's creation, else that of the paper.
create or replace macro claim_archive(first_day, last_day) as table
with archive as (
    select
        dated_paper.paper_id,
        dated_paper.family,
        arg_max(dated_paper.day, dated_paper.time_axis = 'created') as day,
        bool_or(dated_paper.time_axis = 'created') as is_of_creation
    from dated_paper
    semi join corrected_link
        on dated_paper.paper_id = corrected_link.paper_id and corrected_link.source = 'pwc'
    where
        list_contains(dated_paper.choices, 'now')
        and dated_paper.time_axis in ('paper', 'created')
    group by dated_paper.paper_id, dated_paper.family
),

counted as (
    select
        count(*) as n,
        count(*) filter (where is_of_creation) as of_creation,
        count(*) filter (where family = 'pytorch') as pytorch,
        count(*) filter (where family = 'tensorflow') as tensorflow
    from archive
    where day between first_day::date and last_day::date
),

parts as (
    from counted unpivot (papers for family in (pytorch, tensorflow))
)

select
    framework.name as part,
    strftime(first_day::date, '%Y-%m') || ' to ' || strftime(last_day::date, '%Y-%m') as period,
    parts.papers,
    parts.n,
    parts.papers / parts.n as value,
    wilson_low(parts.papers, parts.n) as low,
    wilson_high(parts.papers, parts.n) as high,
    'dated by the creation of the repository: ' || parts.of_creation || ' of ' || parts.n
    || ' papers; by the first public date of the paper: ' || parts.n - parts.of_creation as remark
from parts
inner join framework on parts.family = framework.framework
where parts.n > 0;

comment on macro table claim_archive is
'Our shares of PyTorch and TensorFlow among papers of the Papers with Code archive with readable '
'code, by the newest commit, from first_day to last_day.';
