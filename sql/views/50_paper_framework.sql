-- One row per paper and moment with judged code: a paper counts once. Its official repositories
-- decide. If none of them could be judged, the repositories with code of the time decide. If there
-- are none of these, all of its repositories decide. The family of most of them wins. Ties: the
-- larger sum of dominances, then alphabetical order. Dominances are summed as decimals, so the sum
-- does not depend on the order of the rows.
create or replace view paper_framework as
with judged as (
    select
        paper_scan.paper_id,
        paper_scan.moment,
        paper_scan.committed_at,
        repo_label.unit_id,
        repo_label.scan_id,
        repo_label.label,
        repo_label.family,
        repo_label.variant,
        repo_label.style,
        repo_label.dominance,
        bool_or(paper_scan.is_official) as is_official,
        bool_or(paper_scan.is_of_time) as is_of_time
    from paper_scan
    inner join repo_label using (scan_id)
    group by all
),

speaking as (
    select *
    from judged
    qualify rank() over (
        partition by paper_id, moment
        order by is_official desc, is_of_time desc
    ) = 1
),

families as (
    select
        paper_id,
        moment,
        family,
        count(*) as repositories,
        arg_max(
            {
                'label': label,
                'variant': variant,
                'style': style,
                'unit_id': unit_id,
                'scan_id': scan_id,
                'committed_at': committed_at
            },
            (dominance, label, unit_id)
        ) as speaker,
        sum(count(*)) over (partition by paper_id, moment) as repositories_judged,
        any_value(is_official) as is_official,
        any_value(is_of_time) as is_of_time,
        sum(dominance::decimal(7, 6)) as weight
    from speaking
    group by paper_id, moment, family
)

select
    paper_id,
    moment,
    speaker.label,
    family,
    speaker.variant,
    speaker.style,
    is_official,
    is_of_time,
    repositories::bigint as repositories,
    repositories_judged::bigint as repositories_judged,
    speaker.unit_id,
    speaker.scan_id,
    speaker.committed_at
from families
qualify row_number() over (
    partition by paper_id, moment
    order by repositories desc, weight desc nulls last, family
) = 1;

comment on view paper_framework is
'One row per paper and moment with judged code. The official repositories decide. If none of them '
'is judged, the repositories with code of the time (paper_scan.is_of_time) decide. If there are '
'none of these, all repositories decide. The paper gets the family of most of the repositories '
'that decide.';
comment on column paper_framework.paper_id is 'The paper: paper.paper_id.';
comment on column paper_framework.moment is 'then or now: paper_scan.moment.';
comment on column paper_framework.label is 'The main framework of the paper''s code, or none.';
comment on column paper_framework.family is 'The label''s family: repo_label.family explains it.';
comment on column paper_framework.variant is
'1.x or 2.x, from unit_id. Null for other families and where it is unknown.';
comment on column paper_framework.style is
'graph or eager, from unit_id. Null where it is unknown.';
comment on column paper_framework.is_official is 'Whether official repositories decided.';
comment on column paper_framework.is_of_time is
'Whether repositories with code of the time (paper_scan.is_of_time) decided.';
comment on column paper_framework.repositories is 'Units of this family among those that decided.';
comment on column paper_framework.repositories_judged is 'All units that decided.';
comment on column paper_framework.unit_id is
'The unit of this family with the largest dominance: paper_link.unit_id.';
comment on column paper_framework.scan_id is 'The scan of that unit: scan.scan_id.';
comment on column paper_framework.committed_at is
'Date of the scanned commit (UTC): paper_scan.committed_at. Null where it is unknown.';
