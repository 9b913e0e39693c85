-- Which repositories could not be judged, and why?
with given as (
    select
        unit.unit_id,
        if(latest_scan.scan_id is null, 'metadata', 'code') as step,
        coalesce(latest_scan.status, unit.lookup_problem) as status,
        coalesce(scan.message, unit.lookup_message) as message
    from unit
    left join latest_scan using (unit_id)
    left join scan using (scan_id)
)

select
    given.unit_id,
    given.status,
    outcome_status.words,
    given.message
from given
inner join outcome_status using (step, status)
where given.status <> 'ok'
order by given.status, given.unit_id;
