-- One row per name that a file uses (api_use), and per import of a module below a library in
-- framework_api. A name that a file uses and imports on one line has two rows.
create or replace view taken_name as
select
    scan_id,
    path,
    line,
    name
from api_use
union all
select
    scan_id,
    path,
    line,
    module as name
from import_fact
where
    language = 'python'
    and module_root(module) in (select module_root(name) from framework_api)
    and module like '%.%';

comment on view taken_name is
'One row per name that a file uses (api_use), and per import of a module below a library in '
'framework_api. A name that a file uses and imports on one line has two rows.';
comment on column taken_name.scan_id is 'The scan: scan.scan_id.';
comment on column taken_name.path is 'Path of the file, relative to the repository''s root.';
comment on column taken_name.line is 'Line, counted as in import_fact.';
comment on column taken_name.name is 'The name: api_use.name or import_fact.module.';
