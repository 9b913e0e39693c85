-- A module or name of a library for several frameworks is neutral if no pattern in library_name
-- matches it: it does not show the framework. One row per scan in which a file imports a neutral
-- module, and uses no name of that library or a neutral name.
create or replace view undecided_scan as
-- materialized, because DuckDB would match the modules of all libraries with the many patterns
with library_module as materialized (
    select
        module,
        module_root(module) as library
    from (
        select distinct module
        from import_fact
        where language = 'python'
    ) as modules
    where module_root(module) in (select library from library_name)
),

neutral_module as (
    select *
    from library_module
    where framework_of_name(module) is null
)

select distinct import_fact.scan_id
from import_fact
inner join neutral_module on import_fact.module = neutral_module.module
left join api_use
    on
        import_fact.scan_id = api_use.scan_id
        and import_fact.path = api_use.path
        and neutral_module.library = module_root(api_use.name)
where
    import_fact.language = 'python'
    and framework_of_name(api_use.name) is null;

comment on view undecided_scan is
'A module or name of a library for several frameworks is neutral if no pattern in library_name '
'matches it. One row per scan in which a file imports a neutral module, and uses no name of that '
'library or a neutral name.';
comment on column undecided_scan.scan_id is 'The scan: scan.scan_id.';
