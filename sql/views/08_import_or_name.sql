-- One row per import, and per name that code uses from a library that supports several frameworks.
create or replace view import_or_name as
select
    scan_id,
    path,
    line,
    module,
    language,
    kind
from import_fact
union all
select
    scan_id,
    path,
    line,
    module,
    language,
    kind
from used_name;

comment on view import_or_name is
'One row per import, and per name that code uses from a library that supports several frameworks.';
comment on column import_or_name.scan_id is 'The scan: scan.scan_id.';
comment on column import_or_name.path is 'Path of the file, relative to the repository''s root.';
comment on column import_or_name.line is 'Line: import_fact.line or used_name.line.';
comment on column import_or_name.module is
'The imported module (import_fact.module) or the used name (used_name.module).';
comment on column import_or_name.language is
'Language: import_fact.language or used_name.language.';
comment on column import_or_name.kind is 'Kind: import_fact.kind or used_name.kind.';
