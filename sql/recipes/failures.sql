-- Which repositories could not be judged, and why?
select
    latest_scan.unit_id,
    latest_scan.status,
    scan.message
from latest_scan
inner join scan using (scan_id)
where latest_scan.status <> 'ok'
order by latest_scan.status, latest_scan.unit_id;
