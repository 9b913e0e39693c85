-- PyTorch's share in each venue or area and year, in the main denominator. `places` is venue or area.
create or replace macro share_in(places) as table
with placed as (
    select
        case places
            when 'venue' then dated_paper.venue
            when 'area' then dated_paper.area
        end as place,
        year(dated_paper.day) as year,
        dated_paper.family
    from dated_paper
    inner join denominator
        on
            dated_paper.family = denominator.family
            and denominator.denominator = 'pytorch_tensorflow'
    where dated_paper.is_default and dated_paper.time_axis = 'paper'
),

counted as (
    select
        place,
        year,
        count(*) filter (where family = 'pytorch') as papers,
        count(*) as n
    from placed
    where place is not null
    group by all
)

select
    place,
    year,
    papers,
    n,
    papers / n as share,
    wilson_low(papers, n) as share_low,
    wilson_high(papers, n) as share_high
from counted;

comment on macro table share_in is
'PyTorch''s share among the papers of a place and year with PyTorch or TensorFlow code. places is '
'venue or area.';
