-- The facts of the scans numbered from `first_scan` to `last_scan` that can change a vote, in the tables
-- that the views of votes read. Unqualified names mean the laboratory.
create or replace temp table batch_scan as
select
    scan_no,
    scan_id
from snapshot.stored.scan_number
where scan_no between getvariable('first_scan') and getvariable('last_scan');

create or replace temp table batch_file as
select
    scan_file.file_no,
    batch_scan.scan_id,
    scan_file.path
from snapshot.stored.scan_file
inner join batch_scan using (scan_no)
where scan_file.scan_no between getvariable('first_scan') and getvariable('last_scan');

-- so DuckDB reads few of the other rows: files that import are numbered in the order of their scans
set variable first_file = (select min(file_no) from batch_file);
set variable next_file = (
    select coalesce(min(file_no), 2147483647)
    from snapshot.stored.scan_file
    where scan_no > getvariable('last_scan')
);

create or replace table import_fact as
select
    batch_file.scan_id,
    batch_file.path,
    import_line.line,
    listed_mention.module,
    listed_mention.language,
    listed_mention.kind
from snapshot.stored.import_line
inner join listed_mention using (mention_no)
inner join batch_file using (file_no)
where
    import_line.file_no >= getvariable('first_file')
    and import_line.file_no < getvariable('next_file');

create or replace table api_use as
from snapshot.main.api_use
semi join batch_scan using (scan_id);

create or replace table local_module as
from snapshot.main.local_module
semi join batch_scan using (scan_id);
