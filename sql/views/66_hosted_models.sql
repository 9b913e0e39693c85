-- One row per paper whose code imports a package that calls hosted models, and provider. The code is
-- that of the unit that gives the paper its framework.
create or replace view paper_hosted_model as
select distinct
    dated_paper.paper_id,
    year(dated_paper.day) as year,
    dated_paper.family,
    hosted_model_import.provider
from dated_paper
inner join paper_framework using (paper_id, moment)
inner join hosted_model_import using (scan_id)
where dated_paper.is_default and dated_paper.time_axis = 'paper';

comment on view paper_hosted_model is
'One row per paper and provider of hosted models whose package the code of the paper imports.';
comment on column paper_hosted_model.paper_id is 'The paper: paper.paper_id.';
comment on column paper_hosted_model.year is 'Year of the paper''s first public date.';
comment on column paper_hosted_model.family is 'Framework family, or none: dated_paper.family.';
comment on column paper_hosted_model.provider is 'The provider: hosted_model.provider.';

-- One row per year and kind of code: how many papers call hosted models.
create or replace view hosted_models_by_year as
with papers as (
    select
        dated_paper.paper_id,
        year(dated_paper.day) as year,
        case when dated_paper.family = 'none' then 'none' else 'framework' end as code
    from dated_paper
    where dated_paper.is_default and dated_paper.time_axis = 'paper'
),

callers as (
    select distinct paper_id
    from paper_hosted_model
),

counted as (
    select
        papers.code,
        papers.year,
        count(callers.paper_id) as papers,
        count(*) as n
    from papers
    left join callers using (paper_id)
    group by papers.code, papers.year
)

select
    *,
    papers / n as share,
    wilson_low(papers, n) as share_low,
    wilson_high(papers, n) as share_high
from counted
order by code, year;

comment on view hosted_models_by_year is
'Papers whose code imports a package that calls models over the API of a provider, by year, for '
'code without a framework and for code with one.';
comment on column hosted_models_by_year.code is
'none (the code imports no framework) or framework.';
comment on column hosted_models_by_year.year is 'Year of the paper''s first public date.';
comment on column hosted_models_by_year.papers is 'Papers whose code calls hosted models.';
comment on column hosted_models_by_year.n is 'Papers with this kind of code.';
comment on column hosted_models_by_year.share is 'papers / n.';
comment on column hosted_models_by_year.share_low is 'Lower end of the Wilson 95% interval.';
comment on column hosted_models_by_year.share_high is 'Upper end of the Wilson 95% interval.';

-- One row per provider: its papers without a framework, among those that call any hosted model.
create or replace view hosted_models_by_provider as
with callers as (
    select
        provider,
        count(*) as papers
    from paper_hosted_model
    where family = 'none'
    group by provider
),

total as (
    select count(distinct paper_id) as n
    from paper_hosted_model
    where family = 'none'
)

select
    callers.provider,
    callers.papers,
    total.n,
    callers.papers / total.n as share,
    wilson_low(callers.papers, total.n) as share_low,
    wilson_high(callers.papers, total.n) as share_high
from callers
cross join total
order by callers.papers desc, callers.provider;

comment on view hosted_models_by_provider is
'Papers without a framework whose code calls hosted models, by provider. A paper can call several.';
comment on column hosted_models_by_provider.provider is 'The provider: hosted_model.provider.';
comment on column hosted_models_by_provider.papers is 'Papers that import one of its packages.';
comment on column hosted_models_by_provider.n is
'Papers without a framework that call any hosted model.';
comment on column hosted_models_by_provider.share is 'papers / n.';
comment on column hosted_models_by_provider.share_low is 'Lower end of the Wilson 95% interval.';
comment on column hosted_models_by_provider.share_high is 'Upper end of the Wilson 95% interval.';
