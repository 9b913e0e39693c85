-- Which lines prove the framework of one repository (--set repository=OWNER/NAME), then and now?
with chosen as (
    select
        scan.scan_id,
        scan.unit_id,
        scan.commit_id,
        scan.committed_at,
        repo_label.label
    from scan
    inner join repo_label using (scan_id)
    where
        repository_key(scan.owner, scan.name)
        = lower(coalesce(getvariable('repository'), 'naszilla/naszilla'))
)

select
    chosen.unit_id,
    chosen.commit_id[:10] as commit_id,
    chosen.committed_at::date as committed_on,
    chosen.label,
    framework_import.framework,
    framework_import.path,
    framework_import.line,
    framework_import.module,
    framework_import.weight::double as weight
from chosen
inner join framework_import using (scan_id)
qualify
    row_number() over (
        partition by chosen.scan_id, framework_import.framework
        order by framework_import.weight desc, framework_import.path, framework_import.line
    ) <= 5
order by
    chosen.unit_id,
    chosen.committed_at,
    chosen.commit_id,
    framework_import.framework,
    framework_import.weight desc,
    framework_import.path,
    framework_import.line;
