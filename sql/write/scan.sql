-- Writes scans. A scan whose commit was once the newest keeps is_head true.
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
    is_head = scan.is_head or excluded.is_head
