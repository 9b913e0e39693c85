-- THE LABEL RULE. One row per scan that could be judged. Nothing else defines a label.
-- 1. A scan is judged if its code was read (status ok), or if there is no code but a list of
--    packages names a framework. Other scans have no label. none: the code was read and imports no
--    framework, and no list names one.
-- 2. The family with the largest sum of votes wins (keras counts with its backend).
-- 3. Within the family, the framework with the largest sum of votes is the label.
-- Ties: more imports, then alphabetical order. So the label does not depend on the order of rows.
-- 4. A label that a person corrected (label_correction) takes the place of that of rules 1 to 3.
create or replace view repo_label as
with families as (
    select
        *,
        (sum(score) over (partition by scan_id))::decimal(18, 6) as total,
        row_number() over (
            partition by scan_id
            order by score desc, imports desc, family
        ) as rank
    from repo_family
),

ranked as (
    select
        repo_framework.scan_id,
        repo_framework.framework,
        repo_framework.family,
        families.score,
        families.total,
        families.best_vote,
        families.is_imported,
        row_number() over (
            partition by repo_framework.scan_id
            order by
                repo_framework.score desc,
                repo_framework.imports desc,
                repo_framework.framework
        ) as rank
    from repo_framework
    inner join families
        on
            repo_framework.scan_id = families.scan_id
            and repo_framework.family = families.family
            and families.rank = 1
),

-- files with code in languages that the scanner cannot read
unread as (
    select
        scan_id,
        sum(files) as files
    from unread_code
    group by scan_id
),

-- with the strictest level whose minimum values the family reaches
winner as (
    select
        ranked.scan_id,
        ranked.framework,
        ranked.family,
        ranked.score / ranked.total as dominance,
        ranked.is_imported,
        arg_max(confidence_level.confidence, confidence_level.share_from) as confidence
    from ranked
    inner join scan using (scan_id)
    left join unread using (scan_id)
    inner join confidence_level
        on
            ranked.score >= confidence_level.weight_from
            and ranked.best_vote >= confidence_level.vote_from
            and ranked.score >= confidence_level.share_from * ranked.total
            and ranked.score
            >= confidence_level.code_share_from * (scan.files_scanned + coalesce(unread.files, 0))
    where ranked.rank = 1
    group by all
)

select
    scan.scan_id,
    scan.unit_id,
    scan.commit_id,
    coalesce(correction.new, winner.framework, 'none') as label,
    coalesce(corrected.family, winner.family, 'none') as family,
    case
        when coalesce(corrected.family, winner.family) = 'tensorflow' then repo_variant.variant
    end as variant,
    case
        when framework.style is not null then framework.style
        when coalesce(corrected.family, winner.family) = 'tensorflow' then repo_variant.style
    end as style,
    case
        when correction.new is null then winner.dominance
        when correction.new <> 'none' then 1
    end as dominance,
    case
        when correction.new is not null then 'corrected'
        when winner.is_imported then 'imported'
        when not winner.is_imported then 'declared'
    end as basis,
    case
        when correction.new is not null then 'high'
        when
            winner.scan_id is null
            and scan.files_skipped = 0
            and unread.scan_id is null
            and undecided_scan.scan_id is null
            then 'high'
        when winner.scan_id is null then 'medium'
        when winner.is_imported then winner.confidence
        else 'low'
    end as confidence,
    correction.csv_row as correction_row
from scan
left join winner on scan.scan_id = winner.scan_id
left join repo_variant on scan.scan_id = repo_variant.scan_id
left join label_correction as correction
    on
        scan.unit_id = correction.unit_id
        and (correction.old is null or correction.old = coalesce(winner.framework, 'none'))
left join framework on coalesce(correction.new, winner.framework) = framework.framework
left join framework as corrected on correction.new = corrected.framework
left join unread on scan.scan_id = unread.scan_id
left join undecided_scan on scan.scan_id = undecided_scan.scan_id
where scan.status = 'ok' or (scan.status = 'no_code' and winner.scan_id is not null);

comment on view repo_label is
'The label rule. One row per judged scan: the family with the largest sum of votes, and within it '
'the framework with the largest sum. none: the code was read and imports no framework. A failed '
'scan has no row. A scan without code has a row only if a list of packages names a framework.';
comment on column repo_label.scan_id is 'The scan: scan.scan_id.';
comment on column repo_label.unit_id is 'The scanned unit: scan.unit_id.';
comment on column repo_label.commit_id is 'The scanned commit: scan.commit_id.';
comment on column repo_label.label is 'The main framework, or none.';
comment on column repo_label.family is
'The family in which shares count the label. Keras counts for the framework that it runs on '
'(keras_backend), which is tensorflow unless the code shows another one. Every other framework '
'counts for itself.';
comment on column repo_label.variant is
'repo_variant.variant where the family is tensorflow; else null.';
comment on column repo_label.style is
'graph or eager: framework.style, else repo_variant.style where the family is tensorflow; else '
'null.';
comment on column repo_label.dominance is
'Share of the winning family in the weight of all frameworks, 0 to 1. 1 for a corrected label. '
'Null for none.';
comment on column repo_label.basis is
'imported; declared where only lists of packages name a framework; corrected where a person gave '
'the label (correction). Null for none, unless it is corrected.';
comment on column repo_label.confidence is
'high, medium or low: confidence_level. A corrected label is high, a declared one low. none is '
'high if the scanner read every code file completely, no code is in a language that it cannot '
'read, and the scan is not in undecided_scan; else medium. docs/method.md shows how often each '
'level was right.';
comment on column repo_label.correction_row is
'The correction that gave the label: correction.csv_row. Null where no person corrected it.';
