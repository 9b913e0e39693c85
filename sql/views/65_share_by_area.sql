-- PyTorch's share by field of the venue and year, in the main denominator.
create or replace view share_by_area as
with counted as (
    select
        dated_paper.area,
        year(dated_paper.day) as year,
        count(*) filter (where dated_paper.family = 'pytorch') as papers,
        count(*) as n
    from dated_paper
    inner join denominator
        on
            dated_paper.family = denominator.family
            and denominator.denominator = 'pytorch_tensorflow'
    where
        dated_paper.is_default
        and dated_paper.time_axis = 'paper'
        and dated_paper.area is not null
    group by all
)

select
    area,
    year,
    papers,
    n,
    papers / n as share,
    wilson_low(papers, n) as share_low,
    wilson_high(papers, n) as share_high
from counted
order by all;

comment on view share_by_area is
'PyTorch''s share among the papers of a field and year with PyTorch or TensorFlow code.';
comment on column share_by_area.area is
'Field of the venue: nlp, vision, learning, robotics or general.';
comment on column share_by_area.year is 'Year of the paper''s first public date.';
comment on column share_by_area.papers is 'Papers with PyTorch code.';
comment on column share_by_area.n is 'Papers with PyTorch or TensorFlow code.';
comment on column share_by_area.share is 'papers / n.';
comment on column share_by_area.share_low is 'Lower end of the Wilson 95 % interval.';
comment on column share_by_area.share_high is 'Upper end of the Wilson 95 % interval.';
