-- THE LABEL RULE. One row per scan that could be judged; nothing else defines a label.
-- 1. A scan is judged when its code was read (status ok), or when there is no code but a
--    list of packages names a framework. What failed has no label; "none" means: read, and no
--    framework imported or declared.
-- 2. The family (keras counts with tensorflow) whose files weigh most wins; a file that
--    imports both keras and tensorflow counts once for the family.
-- 3. Within the family the framework whose files weigh most is the label.
-- Ties: more imports, then the alphabet, so that the answer never depends on row order.
create or replace view repo_label as
with family_votes as (
    select
        scan_id,
        family,
        path,
        max(weight) as weight,
        count(*) as imports,
        bool_or(kind <> 'declared') as is_imported
    from framework_import
    where weight > 0
    group by scan_id, family, path
),

families as (
    select
        scan_id,
        family,
        sum(weight) as score,
        case when bool_or(is_imported) then 'imported' else 'declared' end as basis,
        row_number() over (
            partition by scan_id
            order by sum(weight) desc, sum(imports) desc, family
        ) as place
    from family_votes
    group by scan_id, family
),

winners as (
    select
        repo_framework.scan_id,
        repo_framework.framework,
        repo_framework.family,
        families.score,
        families.basis,
        row_number() over (
            partition by repo_framework.scan_id
            order by repo_framework.score desc, repo_framework.imports desc, repo_framework.framework
        ) as place
    from repo_framework
    inner join families
        on repo_framework.scan_id = families.scan_id
        and repo_framework.family = families.family
        and families.place = 1
),

totals as (
    select
        scan_id,
        sum(score) as score
    from families
    group by scan_id
)

select
    scan.scan_id,
    scan.unit_id,
    scan.commit_id,
    coalesce(winners.framework, 'none') as label,
    coalesce(winners.family, 'none') as family,
    case when winners.family = 'tensorflow' then repo_variant.variant end as variant,
    coalesce(framework.style, case when winners.family = 'tensorflow' then repo_variant.style end)
        as style,
    winners.score / totals.score as dominance,
    winners.basis,
    case
        when winners.scan_id is null and scan.files_skipped = 0 then 'high'
        when winners.scan_id is null then 'medium'
        when winners.basis = 'declared' then 'low'
        when winners.score >= 1 and winners.score >= 0.9 * totals.score then 'high'
        when winners.score >= 0.5 and winners.score >= 0.6 * totals.score then 'medium'
        else 'low'
    end as confidence
from scan
left join winners on scan.scan_id = winners.scan_id and winners.place = 1
left join totals on scan.scan_id = totals.scan_id
left join repo_variant on scan.scan_id = repo_variant.scan_id
left join framework on winners.framework = framework.framework
where scan.status = 'ok' or (scan.status = 'no_code' and winners.scan_id is not null);

comment on view repo_label is 'The label rule. One row per judged scan: the family whose importing files weigh most (framework_import says what lowers a weight), and within it the framework. none = the code was read and imports no framework. A scan that failed has no row.';
comment on column repo_label.scan_id is 'The scan: scan.scan_id.';
comment on column repo_label.unit_id is 'The unit scanned.';
comment on column repo_label.commit_id is 'Commit that was scanned.';
comment on column repo_label.label is 'The primary framework, or none.';
comment on column repo_label.family is 'The label with keras folded into tensorflow.';
comment on column repo_label.variant is '1.x or 2.x where the family is tensorflow and its names tell (repo_variant); else null.';
comment on column repo_label.style is 'graph or eager: by the framework where it knows one style only, by the names used for tensorflow; else null.';
comment on column repo_label.dominance is 'Share of the winning family in the weight of all frameworks, 0 to 1. Null for none.';
comment on column repo_label.basis is 'imported, or declared where nothing but a list of packages names a framework. Null for none.';
comment on column repo_label.confidence is 'high: at least one full vote and 0.9 of the weight, or none with every code file read. medium: half a vote and 0.6 of the weight, or none with files left out. low: less, or only declared. docs/method.md says how often each was right.';
