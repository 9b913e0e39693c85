-- Adds the imports in new_import to the snapshot. its_mention has the numbers of their mentions.
create or replace temp table new_file as
select
    scan_no,
    path,
    row_number() over (order by scan_no, path)
    + (select coalesce(max(known.file_no), 0) from stored.scan_file as known) as file_no
from (
    select distinct
        scan_no,
        path
    from new_import
) as files;

insert into stored.scan_file
select
    file_no,
    scan_no,
    path
from new_file
order by file_no;

insert into stored.import_line
select
    new_file.file_no,
    new_import.line,
    its_mention.mention_no
from new_import
inner join new_file using (scan_no, path)
inner join its_mention using (language, module, kind)
order by new_file.file_no, new_import.line, its_mention.mention_no;
