-- Units and papers about which a table in TOUCHED (pipeline/store/copied_tables.py) or a correction
-- says something else than in the last snapshot. The table `unit` must still be that of the last
-- snapshot, and `paper_correction` the new one.
create temp table corrected as
select
    item as paper_id,
    unit_id
from paper_correction;

create temp table affected_unit_id as
select unit_id
from touched_paper_link
where unit_id is not null
union
select unit_id
from touched_repository_history
union
select unit_id
from touched_scan
union
select unit_id
from touched_year_end
union
select unit.unit_id
from unit
semi join touched_repo using (repo_id)
union
select unit.unit_id
from unit
semi join touched_repo_lookup as touched
    on
        unit.host = touched.host
        and repository_key(unit.owner, unit.name) = touched.name_key
union
select unit_id
from corrected
where unit_id is not null
union
select paper_link.unit_id
from paper_link
semi join corrected using (paper_id)
where paper_link.unit_id is not null;

create temp table affected_paper_id as
select paper_id
from touched_paper
union
select paper_id
from touched_paper_link
union
select paper_id
from touched_paper_commit
union
select paper_id
from corrected;

create temp table affected_scan_key as
select distinct unit.scan_key
from unit
semi join affected_unit_id using (unit_id);

create schema affected;

create table affected.corrected_link as
from corrected_link
semi join affected_unit_id using (unit_id);
