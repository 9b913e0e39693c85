-- One row per framework of a scan, with the lines that prove it.
create or replace view repo_framework as
select
    scan_id,
    framework,
    family,
    count(*) as files,
    sum(imports)::bigint as imports,
    sum(weight) as score,
    list(proof order by weight desc, path)[1:5] as evidence
from file_vote
group by scan_id, framework, family;

comment on view repo_framework is 'One row per framework that a scan found, with its evidence.';
comment on column repo_framework.scan_id is 'The scan: scan.scan_id.';
comment on column repo_framework.framework is 'Framework.';
comment on column repo_framework.family is 'Framework with keras folded into tensorflow.';
comment on column repo_framework.files is 'Files that import it.';
comment on column repo_framework.imports is 'Imports of it.';
comment on column repo_framework.score is 'Sum over the files of the weight of their best import (framework_import.weight).';
comment on column repo_framework.evidence is 'Up to five imports that prove it, the weightiest first: path, line, module.';
