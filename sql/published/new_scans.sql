-- Scans of the working database that the snapshot lacks, in the order in which their imports lie in
-- the table. `batch` numbers parts of about so many imports as the variable `imports_at_once`.

-- New imports lie behind those that the snapshot has, so DuckDB need not read all.
set variable known_imports = (select count(*) from stored.import_line);

create or replace temp table new_scan as
with unknown as (
    select scan_id
    from working_scan
    anti join stored.scan_number using (scan_id)
),

importing as (
    select
        scan_id,
        min(place) as first_place,
        max(place) as last_place,
        count(*) as imports
    from working_import
    semi join unknown using (scan_id)
    where place >= getvariable('known_imports')
    group by scan_id
),

ordered as (
    select
        *,
        row_number() over (order by importing.first_place nulls last, unknown.scan_id) as number
    from unknown
    left join importing using (scan_id)
)

select
    scan_id,
    (number + (select count(*) from stored.scan_number))::integer as scan_no,
    first_place,
    last_place,
    sum(coalesce(imports, 0)) over (order by number) // getvariable('imports_at_once') as batch
from ordered;

insert into stored.scan_number
select
    scan_no,
    scan_id
from new_scan
order by scan_no;
