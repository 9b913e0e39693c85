-- Writes scans. A scan whose commit was once the newest keeps is_head true. scanned_at moves when the
-- commit is again the newest, so of several commits the one that was the newest last has the latest
-- time. A scan of an older commit does not move it.
insert into scan by name
select * exclude (place)
from (
    select
        *,
        row_number() over () as place
    from incoming
) as numbered
qualify row_number() over (partition by scan_id order by place desc) = 1
on conflict do update set
    host = excluded.host,
    owner = excluded.owner,
    name = excluded.name,
    subdir = excluded.subdir,
    committed_at = excluded.committed_at,
    message = excluded.message,
    files_seen = excluded.files_seen,
    files_scanned = excluded.files_scanned,
    files_skipped = excluded.files_skipped,
    bytes_scanned = excluded.bytes_scanned,
    transfer = excluded.transfer,
    bytes_moved = excluded.bytes_moved,
    scanned_at = if(excluded.is_head, excluded.scanned_at, scan.scanned_at),
    is_head = scan.is_head or excluded.is_head
