-- One row per scan, framework and reason: the imports whose vote weighs less for this reason.
create or replace view lowered_import as
select
    scan_id,
    framework,
    why,
    count(*) as imports,
    max(weight) as weight,
    arg_min({'path': path, 'line': line, 'module': module}, (path, line, module)) as first
from framework_import
where why <> ''
group by scan_id, framework, why;

comment on view lowered_import is
'One row per scan, framework and reason: the imports whose vote has a lower weight for this '
'reason.';
comment on column lowered_import.scan_id is 'The scan: scan.scan_id.';
comment on column lowered_import.framework is 'The framework: framework_import.framework.';
comment on column lowered_import.why is 'The reason: framework_import.why.';
comment on column lowered_import.imports is 'Imports with this reason.';
comment on column lowered_import.weight is 'The largest weight among them.';
comment on column lowered_import.first is
'The first of them by path and line: path, line, module.';
