-- One row per unit with a scan: the commits that need no other scan by $scanner_version. A scan of a
-- commit counts for every name of its repository.
with scanned as (
    select distinct
        unit.scan_key,
        scan.commit_id
    from scan
    inner join unit using (unit_id)
    inner join outcome_status
        on outcome_status.step = 'code' and outcome_status.status = scan.status
    where
        scan.scanner_version = $scanner_version
        and outcome_status.means = 'answer'
        and scan.commit_id is not null
)

select
    unit.unit_id,
    list(scanned.commit_id order by scanned.commit_id) as commit_ids
from unit
inner join scanned using (scan_key)
group by unit.unit_id
