-- Modules and names of libraries that a rule names: only they can have a meaning, and only their
-- imports can change a vote. Unqualified names mean the laboratory.
create or replace table listed_mention as
select *
from snapshot.stored.mention
where
    module_root(module) in (
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
    name
from snapshot.main.api_use;
