-- The papers, units, keys and scans whose answers may be others than in the last snapshot, and those
-- near them, on which these answers rest. The table `unit` must be the new one.
insert into affected_scan_key
select distinct unit.scan_key
from unit
semi join affected_unit_id using (unit_id)
anti join affected_scan_key using (scan_key);

insert into affected_unit_id
select unit.unit_id
from unit
semi join affected_scan_key using (scan_key)
anti join affected_unit_id using (unit_id);

insert into affected_paper_id
select distinct corrected_link.paper_id
from main.corrected_link
semi join affected_unit_id using (unit_id)
anti join affected_paper_id using (paper_id);

create temp table affected_scan_id as
select scan.scan_id
from scan
semi join affected_unit_id using (unit_id);

create temp table near_paper_id as
from affected_paper_id;

create temp table near_scan_key as
select distinct unit.scan_key
from main.corrected_link
inner join unit using (unit_id)
semi join affected_paper_id using (paper_id);

create temp table near_unit_id as
select unit_id
from affected_unit_id
union
select unit.unit_id
from unit
semi join near_scan_key using (scan_key);

create temp table near_scan_id as
select scan.scan_id
from scan
semi join near_unit_id using (unit_id);

create or replace table affected.corrected_link as
from main.corrected_link
where
    unit_id in (select near_unit_id.unit_id from near_unit_id)
    or paper_id in (select near_paper_id.paper_id from near_paper_id);
