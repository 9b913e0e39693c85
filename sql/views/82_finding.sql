-- The main shares in one place: one row per finding. The year is the last with enough papers
-- (least_papers) that have PyTorch or TensorFlow code.
create or replace view finding as
with newest as (
    select max(year) as year
    from share_by_year
    where denominator = 'pytorch_tensorflow' and n >= least_papers()
),

shares as (
    select
        asked.finding,
        share_by_year.year,
        share_by_year.papers,
        share_by_year.n
    from share_by_year
    semi join newest using (year)
    inner join (
        values
        ('pytorch', 'pytorch_tensorflow', 'pytorch'),
        ('jax', 'any_framework', 'jax'),
        ('no_framework', 'with_code', 'none')
    ) as asked (finding, denominator, family)
        on
            share_by_year.denominator = asked.denominator
            and share_by_year.family = asked.family
),

labels as (
    select
        'label_of_papers_with_code' as finding,
        null as year,
        count(*) filter (where agrees) as papers,
        count(*) as n
    from label_agreement
    where source = 'pwc'
    having count(*) > 0
),

found as (
    from shares
    union all
    from labels
)

select
    finding,
    year,
    papers,
    n,
    papers / n as share,
    wilson_low(papers, n) as share_low,
    wilson_high(papers, n) as share_high
from found
order by finding;

comment on view finding is
'The main shares in one place: of PyTorch, of JAX and of code without a framework in the last year '
'with enough papers (least_papers), and how often our label agrees with that of Papers with Code.';
comment on column finding.finding is
'pytorch (among papers with PyTorch or TensorFlow code), jax (among papers with code in any '
'framework), no_framework (among papers whose code could be read), label_of_papers_with_code '
'(among units with our label and theirs).';
comment on column finding.year is
'Year of the paper''s first public date. Null for label_of_papers_with_code.';
comment on column finding.papers is
'Papers that use the framework, or that use none. For labels: units whose labels agree.';
comment on column finding.n is 'Papers or units among which they are counted.';
comment on column finding.share is 'papers / n.';
comment on column finding.share_low is 'Lower end of the Wilson 95% interval.';
comment on column finding.share_high is 'Upper end of the Wilson 95% interval.';
