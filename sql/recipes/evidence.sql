-- Which lines prove the label of each repository at its newest commit?
select
    repo_label.unit_id,
    repo_label.label,
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
order by repo_label.unit_id, proof.path, proof.line;
