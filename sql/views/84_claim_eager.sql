-- TensorFlow's share in the two years before and after the release of TensorFlow 2.0, and what
-- repositories moved to that left TensorFlow 1.x. A paper of which only the year is known does not
-- count. The n of a change is that of the smaller period.
create or replace macro claim_eager() as table
with dated as (
    select
        dated_paper.family,
        dated_paper.day,
        dated_paper.is_year_only
    from dated_paper
    inner join denominator
        on
            dated_paper.family = denominator.family
            and denominator.denominator = 'pytorch_tensorflow'
    where
        dated_paper.is_default
        and dated_paper.time_axis = 'paper'
),

sides as (
    select
        day >= date '2019-10-01' as is_after,
        count(*) as n,
        count(*) filter (where family = 'tensorflow') as papers
    from dated
    where not is_year_only and day between date '2017-10-01' and date '2021-09-30'
    group by is_after
),

-- the periods hold a part of 2017, of 2019 and of 2021
undated as (
    select count(*) as papers
    from dated
    where is_year_only and year(day) between 2017 and 2021
),

leavers as (
    select
        count(distinct unit_id) as n,
        count(distinct unit_id) filter (where to_family = 'pytorch') as pytorch,
        count(distinct unit_id) filter (where to_series = 'tensorflow 2.x') as newer
    from framework_migration
    where from_series = 'tensorflow 1.x'
),

moves as (
    select
        unnest([
            {'part': 'from TensorFlow 1.x to PyTorch', 'papers': pytorch},
            {'part': 'from TensorFlow 1.x to 2.x', 'papers': newer}
        ]) as move,
        n
    from leavers
    where n > 0
)

select
    'TensorFlow''s share ' || case when is_after then 'after' else 'before' end as part,
    case when is_after then '2019-10 to 2021-09' else '2017-10 to 2019-09' end as period,
    papers,
    n,
    papers / n as value,
    wilson_low(papers, n) as low,
    wilson_high(papers, n) as high,
    null as remark
from sides
union all
select
    'change of TensorFlow''s share' as part,
    '2017-10 to 2021-09' as period,
    null as papers,
    least(later.n, earlier.n) as n,
    later.papers / later.n - earlier.papers / earlier.n as value,
    newcombe_low(later.papers, later.n, earlier.papers, earlier.n) as low,
    newcombe_high(later.papers, later.n, earlier.papers, earlier.n) as high,
    case
        when undated.papers > 0
            then 'left out: papers of 2017 to 2021 whose month is unknown, ' || undated.papers
    end as remark
from sides as later
inner join sides as earlier on later.is_after and not earlier.is_after
cross join undated
union all
select
    move.part,
    'all years' as period,
    move.papers,
    n,
    move.papers / n as value,
    wilson_low(move.papers, n) as low,
    wilson_high(move.papers, n) as high,
    null as remark
from moves;

comment on macro table claim_eager is
'TensorFlow''s share among papers with PyTorch or TensorFlow code in the two years before and '
'after TensorFlow 2.0, the change of this share, and the frameworks to which repositories moved '
'from TensorFlow 1.x.';
