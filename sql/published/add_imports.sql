-- Adds the imports in new_import to the snapshot.
create or replace temp table its_mention as
select
    mentioned.language,
    mentioned.module,
    mentioned.kind,
    known.mention_no is null as is_new,
    coalesce(
        known.mention_no,
        row_number() over (
            partition by known.mention_no is null
            order by mentioned.language, mentioned.module, mentioned.kind
        ) + (select coalesce(max(mention.mention_no), 0) from stored.mention)
    ) as mention_no
from (
    select distinct
        language,
        module,
        kind
    from new_import
) as mentioned
left join stored.mention as known using (language, module, kind);

update stored.mention
set is_imported = true
where not is_imported and mention_no in (select its_mention.mention_no from its_mention);

insert into stored.mention
select
    mention_no,
    language,
    module,
    kind,
    true as is_imported
from its_mention
where is_new
order by mention_no;

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
