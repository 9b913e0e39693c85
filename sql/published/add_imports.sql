-- Adds the imports of the scans in new_scan whose batch is the variable `batch`. They lie between the
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

-- the mentions of these imports; new ones get the next numbers
create or replace temp table its_mention as
select
    mentions.language,
    mentions.module,
    mentions.kind,
    known.mention_no is null as is_new,
    coalesce(
        known.mention_no,
        row_number() over (
            partition by known.mention_no is null
            order by mentions.language, mentions.module, mentions.kind
        ) + (select coalesce(max(mention.mention_no), 0) from stored.mention)
    ) as mention_no
from (
    select distinct
        language,
        module,
        kind
    from new_import
) as mentions
left join stored.mention as known using (language, module, kind);

insert into stored.mention
select
    mention_no,
    language,
    module,
    kind
from its_mention
where is_new
order by mention_no;

insert into stored.import_line
select
    new_file.file_no,
    new_import.line,
    its_mention.mention_no
from new_import
inner join new_file using (scan_no, path)
inner join its_mention using (language, module, kind)
order by new_file.file_no, new_import.line, its_mention.mention_no;
