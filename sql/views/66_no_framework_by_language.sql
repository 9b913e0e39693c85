-- One row per year and language: papers whose code imports no framework.
create or replace view no_framework_by_language as
with counted as (
    select
        year(day) as year,
        coalesce(language, 'unknown') as language,
        count(*) as papers
    from dated_paper
    where is_default and time_axis = 'paper' and family = 'none'
    group by all
)

select
    *,
    sum(papers) over (partition by year)::bigint as n,
    papers / n as share,
    wilson_low(papers, n) as share_low,
    wilson_high(papers, n) as share_high
from counted
order by year, papers desc, language;

comment on view no_framework_by_language is
'Papers whose code imports no framework, by the language of the code and year.';
comment on column no_framework_by_language.year is 'Year of the paper''s first public date.';
comment on column no_framework_by_language.language is
'The language: scan_language.language. unknown: the code imports nothing at all.';
comment on column no_framework_by_language.papers is 'Papers.';
comment on column no_framework_by_language.n is 'Papers of the year without a framework.';
comment on column no_framework_by_language.share is 'papers / n.';
comment on column no_framework_by_language.share_low is 'Lower end of the Wilson 95% interval.';
comment on column no_framework_by_language.share_high is 'Upper end of the Wilson 95% interval.';
