-- The imports of the scans in new_scan whose batch is the variable `batch`. They lie between the
-- places `first_place` and `last_place`.
create or replace temp table new_import as
select
    new_scan.scan_no,
    working_import.* exclude (scan_id, place)
from working_import
inner join new_scan using (scan_id)
where
    new_scan.batch = getvariable('batch')
    and working_import.place between getvariable('first_place') and getvariable('last_place');
