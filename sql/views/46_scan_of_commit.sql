-- One row per scan key and scanned commit, with the scan of the highest standing. A scan of a commit
-- counts for every name of its repository.
create or replace view scan_of_commit as
with scanned as (
    select
        unit.scan_key,
        scan.commit_id,
        arg_max(
            {'scan_id': scan.scan_id, 'status': scan.status},
            scan_standing(scan.status, scan.scanned_at, scan.scan_id)
        ) as newest
    from scan
    inner join unit using (unit_id)
    group by unit.scan_key, scan.commit_id
)

select
    scan_key,
    commit_id,
    newest.scan_id,
    newest.status
from scanned;

comment on view scan_of_commit is
'One row per repository (scan_key) and scanned commit, with the scan that counts: the newest one '
'that read its code, else the newest one with an answer (no code), else the newest failure.';
comment on column scan_of_commit.scan_key is
'The repository, under all of its names: unit.scan_key.';
comment on column scan_of_commit.commit_id is 'The commit. Null if the scan found none.';
comment on column scan_of_commit.scan_id is 'The scan: scan.scan_id.';
comment on column scan_of_commit.status is 'Status of that scan: scan.status.';
