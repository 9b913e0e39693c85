-- The imports of the scans numbered from `first_scan` to `last_scan`: what scan_language and
-- import_count read of them. Unqualified names mean the laboratory.
create or replace table import_fact as
select
    scan_number.scan_id,
    scan_file.path,
    mention.language,
    mention.kind
from snapshot.stored.scan_number
inner join snapshot.stored.scan_file using (scan_no)
inner join snapshot.stored.import_line using (file_no)
inner join snapshot.stored.mention using (mention_no)
where scan_number.scan_no between getvariable('first_scan') and getvariable('last_scan');
