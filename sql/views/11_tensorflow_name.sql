-- One row per name of TensorFlow and line on which a file uses or imports it.
create or replace view tensorflow_name as
select
    scan_id,
    path,
    line,
    name
from api_use
union
select
    scan_id,
    path,
    line,
    module as name
from import_fact
where language = 'python' and starts_with(module, 'tensorflow.');

comment on view tensorflow_name is
'One row per name of TensorFlow and line on which a file uses or imports it.';
comment on column tensorflow_name.scan_id is 'The scan: scan.scan_id.';
comment on column tensorflow_name.path is 'Path of the file, relative to the repository''s root.';
comment on column tensorflow_name.line is 'Line, counted as in import_fact.';
comment on column tensorflow_name.name is 'The name: api_use.name or import_fact.module.';
