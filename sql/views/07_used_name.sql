-- One row per name that code uses from a library that supports several frameworks. Such a name shows
-- the framework, and the import of the library does not: transformers.TFBertModel is TensorFlow.
create or replace view used_name as
with library_import as (
    select
        scan_id,
        path,
        line,
        module_root(module) as library,
        kind
    from import_fact
    where language = 'python' and module_root(module) in (select library from library_name)
)

select
    api_use.scan_id,
    api_use.path,
    api_use.line,
    api_use.name as module,
    'python' as language,
    coalesce(min(library_import.kind), 'static') as kind
from api_use
left join library_import
    on
        api_use.scan_id = library_import.scan_id
        and api_use.path = library_import.path
        and api_use.line = library_import.line
        and module_root(api_use.name) = library_import.library
where module_root(api_use.name) in (select library from library_name)
group by all;

comment on view used_name is
'One row per name that code uses from a library that supports several frameworks: library_name.';
comment on column used_name.scan_id is 'The scan: scan.scan_id.';
comment on column used_name.path is 'Path of the file, relative to the repository''s root.';
comment on column used_name.line is 'Line, counted as in import_fact.';
comment on column used_name.module is 'The name: api_use.name.';
comment on column used_name.language is 'Always python.';
comment on column used_name.kind is
'Kind of the import of the library on the same line (import_fact.kind); static if there is none.';
