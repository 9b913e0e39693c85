-- One row per scan key whose family differs between the first and the last scanned commit with a
-- framework. A repository that had no framework before has not migrated.
-- That takes scans of several commits, so the view is empty until later runs have made them.
-- Of several scans of one commit the newest counts.
create or replace view migration as
with judged as (
    select
        unit.scan_key,
        min(repo_label.unit_id) as unit_id,
        repo_label.commit_id,
        arg_max(repo_label.family, (scan.scanned_at, scan.scan_id)) as family,
        scan.committed_at
    from repo_label
    inner join scan using (scan_id)
    inner join unit on repo_label.unit_id = unit.unit_id
    where scan.committed_at is not null
    group by unit.scan_key, repo_label.commit_id, scan.committed_at
),

ends as (
    select
        min(unit_id) as unit_id,
        arg_min(family, (committed_at, commit_id)) as from_family,
        arg_max(family, (committed_at, commit_id)) as to_family,
        min(committed_at)::date as from_day,
        max(committed_at)::date as to_day
    from judged
    where family <> 'none'
    group by scan_key
)

select *
from ends
where from_family <> to_family
order by to_day, unit_id;

comment on view migration is
'One row per unit whose framework family at the last scanned commit with a framework differs from '
'that at the first.';
comment on column migration.unit_id is 'The unit.';
comment on column migration.from_family is
'Framework family at the earliest scanned commit that has one.';
comment on column migration.to_family is
'Framework family at the latest scanned commit that has one.';
comment on column migration.from_day is 'Date of the earliest scanned commit with a framework.';
comment on column migration.to_day is 'Date of the latest scanned commit with a framework.';
