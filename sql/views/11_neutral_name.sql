-- One row per module and name of a library for several frameworks that no pattern in library_name
-- matches: it does not show the framework.
create or replace view neutral_name as
-- materialized, because DuckDB would match the modules of all libraries with the many patterns
with mentioned as materialized (
    select
        module,
        module_root(module) as library
    from (
        select distinct module
        from import_or_name
        where language = 'python'
    ) as modules
    where module_root(module) in (select library from library_name)
)

select
    module,
    library
from mentioned
where framework_of_name(module) is null;

comment on view neutral_name is
'One row per module and name of a library for several frameworks that no pattern in library_name '
'matches: it does not show the framework.';
comment on column neutral_name.module is 'The module or name: import_or_name.module.';
comment on column neutral_name.library is 'The library: library_name.library.';
