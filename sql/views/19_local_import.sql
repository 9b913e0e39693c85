-- One row per import or name of a module that the repository defines itself, for example in a folder
-- keras/ above the file. A file does not import itself, so "import torch" in torch.py means the
-- framework. An exception is the __init__.py of a top-level package: "import haiku.core" in
-- haiku/__init__.py is local.
create or replace view local_import as
select distinct
    import_or_name.scan_id,
    import_or_name.path,
    import_or_name.line,
    import_or_name.module
from import_or_name
inner join local_module
    on
        import_or_name.scan_id = local_module.scan_id
        and import_or_name.language = local_module.language
        and module_root(import_or_name.module) = local_module.module
where
    local_module.directory in ('', 'src', 'lib', 'python')
    and (
        import_or_name.path <> local_module.path
        or ends_with(local_module.path, '/__init__.py')
    )
    or import_or_name.path <> local_module.path
    and starts_with(import_or_name.path, local_module.directory || '/');

comment on view local_import is
'One row per import or name of a module that the repository defines itself: in the root, in src, '
'lib or python, or in a folder above the file.';
comment on column local_import.scan_id is 'The scan: scan.scan_id.';
comment on column local_import.path is 'Path of the file, relative to the repository''s root.';
comment on column local_import.line is 'Line of the import: import_or_name.line.';
comment on column local_import.module is 'The module or name: import_or_name.module.';
