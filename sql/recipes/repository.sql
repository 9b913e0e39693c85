-- Which lines prove the frameworks of one repository (--set repository=OWNER/NAME), then and now?
with chosen as (
    select
        scan_id,
        unit_id,
        commit_id,
        committed_at
    from scan
    where
        repository_key(owner, name)
        = lower(coalesce(getvariable('repository'), 'naszilla/naszilla'))
)

select
    chosen.unit_id,
    chosen.commit_id[:10] as commit_id,
    chosen.committed_at::date as committed_on,
    repo_label.label,
    repo_framework.framework,
    repo_framework.score::double as score,
    proof.path,
    proof.line,
    proof.module
from chosen
inner join repo_label using (scan_id)
inner join repo_framework using (scan_id)
cross join unnest(repo_framework.evidence) with ordinality as evidence (proof, place)
order by
    chosen.unit_id,
    chosen.committed_at,
    chosen.commit_id,
    repo_framework.framework,
    evidence.place;
