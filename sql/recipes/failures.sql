-- Which repositories could not be judged, and why?
select
    unit.unit_id,
    coalesce(latest_scan.status, unit.lookup_status) as status,
    coalesce(scan.message, unit.lookup_message) as message
from unit
left join latest_scan using (unit_id)
left join scan using (scan_id)
where coalesce(latest_scan.status, unit.lookup_status, 'ok') not in ('ok', 'renamed', 'repaired')
order by status, unit.unit_id;
