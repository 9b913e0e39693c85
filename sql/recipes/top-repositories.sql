-- Which repositories of PyTorch (or of --set framework=NAME) have the most stars?
select
    unit_repository.stars,
    repo_label.unit_id,
    repo_label.label,
    repo_label.confidence
from repo_label
inner join latest_scan using (scan_id)
inner join unit_repository on latest_scan.unit_id = unit_repository.unit_id
where
    unit_repository.stars is not null
    and coalesce(getvariable('framework'), 'pytorch') in (repo_label.label, repo_label.family)
qualify
    row_number() over (
        partition by unit_repository.repository order by repo_label.unit_id
    ) = 1
order by unit_repository.stars desc, repo_label.unit_id
limit 50;
