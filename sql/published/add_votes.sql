-- Adds the votes in the table framework_import of the laboratory to the snapshot. Unqualified names
-- mean the laboratory.

-- names that listed_mention lacks
create or replace temp table unlisted_name as
select
    row_number() over (order by language, module, kind)
    + (select coalesce(max(mention.mention_no), 0) from snapshot.stored.mention) as mention_no,
    language,
    module,
    kind
from (
    select distinct
        language,
        module,
        kind
    from used_name
    semi join module_framework using (language, module)
    anti join listed_mention using (language, module, kind)
) as names;

insert into snapshot.stored.mention
select
    mention_no,
    language,
    module,
    kind,
    false as is_imported
from unlisted_name
order by mention_no;

insert into listed_mention
from unlisted_name;

-- files that use names of a library and import nothing
insert into batch_file
select
    row_number() over (order by batch_scan.scan_no, files.path)
    + (select coalesce(max(file_no), 0) from snapshot.stored.scan_file) as file_no,
    batch_scan.scan_id,
    files.path
from (
    select distinct
        scan_id,
        path
    from used_name
    anti join batch_file using (scan_id, path)
    semi join framework_import using (scan_id, path)
) as files
inner join batch_scan using (scan_id);

insert into snapshot.stored.scan_file
select
    batch_file.file_no,
    batch_scan.scan_no,
    batch_file.path
from batch_file
inner join batch_scan using (scan_id)
where batch_file.file_no > (select coalesce(max(file_no), 0) from snapshot.stored.scan_file)
order by batch_file.file_no;

insert into snapshot.stored.circumstance
select
    row_number() over (order by framework, family, role, why) + (
        select coalesce(max(known.circumstance_no), 0)
        from snapshot.stored.circumstance as known
    ) as circumstance_no,
    circumstances.*
from (
    select distinct
        framework,
        family,
        role,
        is_local,
        is_interoperability,
        weight,
        why
    from framework_import
) as circumstances
anti join snapshot.stored.circumstance
    using (framework, family, role, is_local, is_interoperability, weight, why);

insert into snapshot.stored.vote_line
select
    batch_file.file_no,
    votes.line,
    mention.mention_no,
    circumstance.circumstance_no
from framework_import as votes
inner join batch_file using (scan_id, path)
inner join listed_mention as mention using (language, module, kind)
inner join snapshot.stored.circumstance
    using (framework, family, role, is_local, is_interoperability, weight, why)
order by batch_file.file_no;
