-- One row per import of a package that calls models over the API of a provider. A listed package is
-- no import. If the repository defines a module of this name itself, the import means that module
-- (local_import) and has no row.
create or replace view hosted_model_import as
select
    import_fact.scan_id,
    import_fact.path,
    import_fact.line,
    import_fact.module,
    hosted_model.provider
from import_fact
inner join hosted_model
    on
        import_fact.language = hosted_model.language
        and module_root(import_fact.module) = module_root(hosted_model.module)
        and (
            import_fact.module = hosted_model.module
            or starts_with(import_fact.module, hosted_model.module || '.')
        )
anti join local_import
    on
        import_fact.scan_id = local_import.scan_id
        and import_fact.path = local_import.path
        and import_fact.line = local_import.line
        and import_fact.module = local_import.module
where import_fact.kind <> 'declared';

comment on view hosted_model_import is
'One row per import of a package that calls models over the API of a provider: hosted_model.';
comment on column hosted_model_import.scan_id is 'The scan: scan.scan_id.';
comment on column hosted_model_import.path is 'Path of the file: import_fact.path.';
comment on column hosted_model_import.line is 'Line of the import: import_fact.line.';
comment on column hosted_model_import.module is 'The imported module: import_fact.module.';
comment on column hosted_model_import.provider is
'The provider that hosts the models: hosted_model.provider.';
