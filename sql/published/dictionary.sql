-- Modules and names of libraries that a rule names: only they can have a meaning, and only their
-- imports can change a vote. Unqualified names mean the laboratory.

set variable first_file = (
    select min(file_no)
    from snapshot.stored.scan_file
    where scan_no >= getvariable('first_scan')
);

-- what the scans from number `first_scan` import
create or replace temp table new_mention as
select distinct mention_no
from snapshot.stored.import_line
where getvariable('first_scan') > 1 and file_no >= getvariable('first_file')
union all
-- if all scans are new: quicker than to read all imports
select mention_no
from snapshot.stored.mention
where getvariable('first_scan') <= 1 and is_imported;

create or replace table listed_mention as
with rule_root as (
    select module_root(module) as root from framework_module
    union
    select module_root(name) as root from framework_api
    union
    select library as root from library_name
    union
    select module_root(module) as root from hosted_model
    union
    -- the view keras_backend reads these two, whatever the rules name
    select unnest(['theano', 'tensorflow']) as root
)

select mention.* exclude (is_imported)
from snapshot.stored.mention
semi join new_mention using (mention_no)
where module_root(module) in (select rule_root.root from rule_root)
union all
-- the scans may use names that older ones import or use
select mention.* exclude (is_imported)
from snapshot.stored.mention
anti join new_mention using (mention_no)
where
    getvariable('first_scan') > 1
    and module_root(module) in (select library from library_name);

-- Each of them once, as facts of no scan. The views find their meaning from these.
create or replace table import_fact as
select
    '' as scan_id,
    '' as path,
    0 as line,
    module,
    language,
    kind
from listed_mention
semi join new_mention using (mention_no);

create or replace table api_use as
select distinct
    '' as scan_id,
    '' as path,
    0 as line,
    api_use.name
from snapshot.main.api_use
inner join snapshot.stored.scan_number using (scan_id)
where scan_number.scan_no >= getvariable('first_scan');
