-- Which repositories of PyTorch (or of --set framework=NAME) have the most stars?
with labelled as (
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
),

best as (
    select
        repository,
        any_value(stars) as stars,  -- all units of a repository have its stars
        min(unit_id) as unit_id
    from labelled
    group by repository
    order by stars desc, unit_id
    limit 50
)

-- several names of a repository can have one scan
select distinct
    best.stars,
    best.unit_id,
    labelled.label,
    labelled.confidence
from best
inner join labelled using (repository, unit_id)
order by best.stars desc, best.unit_id;
