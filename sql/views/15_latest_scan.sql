-- One row per scanned unit, with the scan that counts: the one with the highest standing. So a later
-- failure (the repository vanished) does not undo an earlier answer. Names of one repository share
-- its scans. Scans of older commits (paper_commit) do not count here.
create or replace view latest_scan as
with keyed as (
    select
        scan.unit_id,
        coalesce(unit.scan_key, scan.unit_id) as scan_key,
        scan.scan_id,
        scan.status,
        scan_standing(scan.status, scan.scanned_at, scan.scan_id) as standing
    from scan
    left join unit using (unit_id)
    where scan.is_head
),

newest as (
    select
        scan_key,
        arg_max(scan_id, standing) as scan_id,
        arg_max(status, standing) as status
    from keyed
    group by scan_key
),

units as (
    select
        unit_id,
        scan_key
    from keyed
    union
    select
        unit_id,
        scan_key
    from unit
)

select
    units.unit_id,
    newest.scan_id,
    newest.status
from units
inner join newest using (scan_key);

comment on view latest_scan is
'One row per scanned unit, with the scan that counts: the newest one that read its code, else the '
'newest one with an answer (no code), else the newest failure.';
comment on column latest_scan.unit_id is 'The unit: unit.unit_id or scan.unit_id.';
comment on column latest_scan.scan_id is 'The scan: scan.scan_id.';
comment on column latest_scan.status is 'Status of that scan: scan.status.';
