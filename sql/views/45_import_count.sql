-- One row per scan with imports: how many it has.
create or replace view import_count as
select
    scan_id,
    count(*) as imports
from import_fact
group by scan_id;

comment on view import_count is
'One row per scan with imports or listed packages: the number of them.';
comment on column import_count.scan_id is 'The scan: scan.scan_id.';
comment on column import_count.imports is 'Rows of import_fact.';
