-- One row per name that a file takes from TensorFlow, by use or by import.
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

comment on view tensorflow_name is 'One row per line on which a file uses or imports a name of TensorFlow.';
comment on column tensorflow_name.scan_id is 'The scan: scan.scan_id.';
comment on column tensorflow_name.path is 'File, relative to the repository''s root.';
comment on column tensorflow_name.line is 'Line, counted from 1.';
comment on column tensorflow_name.name is 'The name, as in api_use.name or import_fact.module.';
