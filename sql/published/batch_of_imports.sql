-- The imports of the scans numbered from `first_scan` to `last_scan`. Unqualified names mean the
-- laboratory.
create or replace table import_fact as
select
    scan_number.scan_id,
    scan_file.path,
    import_line.line,
    mention.module,
    mention.language,
    mention.kind
from snapshot.stored.scan_number
inner join snapshot.stored.scan_file using (scan_no)
inner join snapshot.stored.import_line using (file_no)
inner join snapshot.stored.mention using (mention_no)
where scan_number.scan_no between getvariable('first_scan') and getvariable('last_scan');
