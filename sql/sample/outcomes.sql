-- One row per drawn repository with its outcome: the status of the scan of its newest commit, of
-- several units that of the one that was read. Null before the first scan.
-- is_judged: whether a unit of the repository has a label.
with scanned as (
    select
        unit.host || '/' || repository_key(unit.owner, unit.name) as repository,
        arg_min(sampled_scan.status, (sampled_scan.status <> 'ok', sampled_scan.status)) as outcome,
        bool_or(repo_label.scan_id is not null) as is_judged
    from sampled_scan
    inner join unit using (unit_id)
    left join repo_label on sampled_scan.scan_id = repo_label.scan_id
    where sampled_scan.is_head
    group by all
)

select
    draw.*,
    scanned.outcome,
    coalesce(scanned.is_judged, false) as is_judged
from draw
left join scanned using (repository)
order by draw.stratum, draw.year, draw.place
