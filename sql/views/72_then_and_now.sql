-- One row per paper with code at both moments: the code of the time, and the newest code.
create or replace view paper_then_and_now as
select
    code_then.paper_id,
    year(code_then.day) as year,
    code_then.family as family_then,
    code_then.series as series_then,
    code_now.family as family_now,
    code_now.series as series_now
from dated_paper as code_then
inner join dated_paper as code_now using (paper_id, time_axis)
where
    code_then.time_axis = 'paper'
    and list_contains(code_then.choices, 'then')
    and list_contains(code_now.choices, 'now');

comment on view paper_then_and_now is
'One row per paper with code of the time and newest code: its framework at both moments.';
comment on column paper_then_and_now.paper_id is 'The paper: paper.paper_id.';
comment on column paper_then_and_now.year is 'Year of the paper''s first public date.';
comment on column paper_then_and_now.family_then is
'Family of the code of the time: dated_paper.family.';
comment on column paper_then_and_now.series_then is
'The same, TensorFlow by variant: dated_paper.series.';
comment on column paper_then_and_now.family_now is 'Family of the newest code: dated_paper.family.';
comment on column paper_then_and_now.series_now is
'The same, TensorFlow by variant: dated_paper.series.';

-- One row per family at the time of the paper: how many papers have newest code of another family.
create or replace view then_and_now as
with counted as (
    select
        family_then,
        count(*) as n,
        count(*) filter (where family_now <> family_then) as papers,
        count(*) filter (where family_now <> family_then and family_now = 'pytorch') as to_pytorch
    from paper_then_and_now
    group by family_then
)

select
    family_then,
    papers,
    to_pytorch,
    n,
    papers / n as share,
    wilson_low(papers, n) as share_low,
    wilson_high(papers, n) as share_high
from counted
order by n desc, family_then;

comment on view then_and_now is
'One row per framework family of code of the time: how many papers have newest code of another '
'family.';
comment on column then_and_now.family_then is 'Family of the code of the time, or none.';
comment on column then_and_now.papers is 'Papers whose newest code has another family.';
comment on column then_and_now.to_pytorch is
'Papers whose newest code moved to PyTorch. The column papers includes them.';
comment on column then_and_now.n is 'Papers with this family and with newest code.';
comment on column then_and_now.share is 'papers / n.';
comment on column then_and_now.share_low is 'Lower end of the Wilson 95% interval.';
comment on column then_and_now.share_high is 'Upper end of the Wilson 95% interval.';

-- One row per year and moment: PyTorch's share among the same papers, then and now.
create or replace view then_and_now_by_year as
with moments as (
    select
        'then' as moment,
        year,
        family_then as family
    from paper_then_and_now
    union all
    select
        'now' as moment,
        year,
        family_now as family
    from paper_then_and_now
),

counted as (
    select
        moments.moment,
        moments.year,
        count(*) filter (where moments.family = 'pytorch') as papers,
        count(*) as n
    from moments
    inner join denominator
        on
            moments.family = denominator.family
            and denominator.denominator = 'pytorch_tensorflow'
    group by moments.moment, moments.year
)

select
    *,
    papers / n as share,
    wilson_low(papers, n) as share_low,
    wilson_high(papers, n) as share_high
from counted
order by moment desc, year;

comment on view then_and_now_by_year is
'PyTorch''s share among papers with code of the time and newest code, at both moments.';
comment on column then_and_now_by_year.moment is
'then (the code of the time) or now (the newest code).';
comment on column then_and_now_by_year.year is 'Year of the paper''s first public date.';
comment on column then_and_now_by_year.papers is 'Papers with PyTorch code.';
comment on column then_and_now_by_year.n is
'Papers with PyTorch or TensorFlow code at this moment.';
comment on column then_and_now_by_year.share is 'papers / n.';
comment on column then_and_now_by_year.share_low is 'Lower end of the Wilson 95% interval.';
comment on column then_and_now_by_year.share_high is 'Upper end of the Wilson 95% interval.';
