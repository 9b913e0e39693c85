-- Which lines prove that the newest code of a repository uses JAX (or --set framework=NAME)?
select
    repo_label.unit_id,
    proof.path,
    proof.line,
    proof.module
from repo_label
semi join latest_scan using (scan_id)
inner join repo_framework
    on
        repo_label.scan_id = repo_framework.scan_id
        and repo_label.label = repo_framework.framework
cross join unnest(repo_framework.evidence) as evidence (proof)
where repo_label.label = coalesce(getvariable('framework'), 'jax')
order by repo_label.unit_id, proof.path, proof.line;
