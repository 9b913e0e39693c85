-- One row per framework and library of a scan: a library is the first part of a module's name.
create or replace view repo_library as
select
    scan_id,
    framework,
    module_root(module) as library,
    count(*) as imports
from framework_import
group by all;

comment on view repo_library is
'One row per framework in a scan and library by which the scan''s code uses it.';
comment on column repo_library.scan_id is 'The scan: scan.scan_id.';
comment on column repo_library.framework is 'The framework.';
comment on column repo_library.library is
'The first part of a module''s name, for example torch or pytorch_lightning.';
comment on column repo_library.imports is 'Rows of framework_import.';
