-- One row per import of one module on one line of one file of a scan.
create or replace view import_fact as
select
    scan_number.scan_id,
    scan_file.path,
    import_line.line,
    mention.module,
    mention.language,
    mention.kind
from stored.import_line
inner join stored.scan_file on import_line.file_no = scan_file.file_no
inner join stored.scan_number on scan_file.scan_no = scan_number.scan_no
inner join stored.mention on import_line.mention_no = mention.mention_no;
