-- Which modules do repositories of PyTorch (or of --set framework=NAME) import to use it?
select
    module_root(framework_import.module) as library,
    count(distinct framework_import.scan_id) as repositories
from framework_import
semi join latest_scan using (scan_id)
where framework_import.framework = coalesce(getvariable('framework'), 'pytorch')
group by library
order by repositories desc, library
limit 50;
