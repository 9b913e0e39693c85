-- The scan that speaks for each unit: the newest that could read the source, else the newest.
-- A later failure (the repository vanished) does not undo an earlier answer.
create or replace view latest_scan as
select
    unit_id,
    arg_max(scan_id, (status = 'ok', scanned_at)) as scan_id,
    arg_max(status, (status = 'ok', scanned_at)) as status
from scan
group by unit_id;

comment on view latest_scan is 'One row per scanned unit: the newest scan that could read its source, else the newest.';
comment on column latest_scan.unit_id is 'The unit.';
comment on column latest_scan.scan_id is 'Its scan: scan.scan_id.';
comment on column latest_scan.status is 'Status of that scan: scan.status.';
