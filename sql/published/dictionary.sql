-- Modules and names of libraries that a rule names and that the scans from number `first_scan` import:
-- only they can have a meaning, and only their imports can change a vote. Unqualified names mean the
-- laboratory.
set variable first_file = (
    select min(file_no)
    from snapshot.stored.scan_file
    where scan_no >= getvariable('first_scan')
);

create or replace table listed_mention as
with new_mention as (
    select distinct mention_no
    from snapshot.stored.import_line
    where file_no >= getvariable('first_file')
)

select mention.*
from snapshot.stored.mention
semi join new_mention using (mention_no)
where
    module_root(mention.module) in (
        select module_root(module) from framework_module
        union
        select module_root(name) from framework_api
        union
        select library from library_name
        union
        select module_root(module) from hosted_model
        union
        -- the view keras_backend reads these two, whatever the rules name
        select unnest(['theano', 'tensorflow'])
    );

-- Each of them once, as facts of no scan. The views find their meaning from these.
create or replace table import_fact as
select
    '' as scan_id,
    '' as path,
    0 as line,
    module,
    language,
    kind
from listed_mention;

create or replace table api_use as
select distinct
    '' as scan_id,
    '' as path,
    0 as line,
    api_use.name
from snapshot.main.api_use
inner join snapshot.stored.scan_number using (scan_id)
where scan_number.scan_no >= getvariable('first_scan');
