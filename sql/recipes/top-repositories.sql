-- Which repositories of PyTorch (or of --set framework=NAME) have the most stars?
with unit_label as (
    select
        unit_repository.repository,
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
)

select
    any_value(stars) as stars,  -- all units of a repository have its stars
    min(unit_id) as unit_id,
    arg_min(label, unit_id) as label,
    arg_min(confidence, unit_id) as confidence
from unit_label
group by repository
order by stars desc, unit_id
limit 50;
