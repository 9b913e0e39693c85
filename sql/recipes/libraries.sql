-- Which modules do repositories of PyTorch (or of --set framework=NAME) import to use it?
select
    repo_library.library,
    count(*) as repositories
from repo_library
semi join latest_scan using (scan_id)
where repo_library.framework = coalesce(getvariable('framework'), 'pytorch')
group by repo_library.library
order by repositories desc, repo_library.library
limit 50;
