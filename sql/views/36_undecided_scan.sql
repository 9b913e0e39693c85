-- One row per scan with a file that imports a neutral module of a library for several frameworks,
-- and that uses no name of the library, or also a neutral one. No pattern in library_name matches a
-- neutral module or name, so it does not show the framework.
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
'One row per scan with a file that imports a module of a library for several frameworks without '
'showing the framework: no pattern in library_name matches the module, and the file uses no name '
'of the library or also a name that no pattern matches.';
comment on column undecided_scan.scan_id is 'The scan: scan.scan_id.';
