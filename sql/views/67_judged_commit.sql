-- One row per scan key and judged commit that has a framework. Of several scans of one commit the
-- newest counts. A commit without a framework says nothing about a move.
create or replace view judged_commit as
with scanned as (
    select
        unit.scan_key,
        scan.commit_id,
        min(repo_label.unit_id) as unit_id,
        min(scan.committed_at) as committed_at,
        arg_max(
            {
                'scan_id': scan.scan_id,
                'family': repo_label.family,
                'variant': repo_label.variant
            },
            (scan.scanned_at, scan.scan_id)
        ) as newest
    from repo_label
    inner join scan using (scan_id)
    inner join unit on repo_label.unit_id = unit.unit_id
    where scan.committed_at is not null
    group by unit.scan_key, scan.commit_id
)

select
    scan_key,
    unit_id,
    commit_id,
    committed_at,
    newest.scan_id,
    newest.family,
    newest.variant
from scanned
where newest.family <> 'none';

comment on view judged_commit is
'One row per repository (scan_key) and judged commit that has a framework.';
comment on column judged_commit.scan_key is
'The repository, under all of its names: unit.scan_key.';
comment on column judged_commit.unit_id is 'The first of its names in alphabetical order.';
comment on column judged_commit.commit_id is 'The commit.';
comment on column judged_commit.committed_at is 'Date of the commit (UTC): scan.committed_at.';
comment on column judged_commit.scan_id is 'Its newest scan: scan.scan_id.';
comment on column judged_commit.family is 'The family of the label: repo_label.family.';
comment on column judged_commit.variant is
'TensorFlow 1.x or 2.x: repo_label.variant. Null where it is unknown.';
