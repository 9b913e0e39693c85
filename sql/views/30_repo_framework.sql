-- One row per framework of a scan, with the lines that prove it.
-- A file votes once for each framework it imports, with the weight of its best import. Of imports of
-- the same weight the first line proves it; of two on one line, the first by the alphabet.
create or replace view repo_framework as
with votes as (
    select
        scan_id,
        framework,
        family,
        path,
        max(weight) as weight,
        count(*) as imports,
        arg_min({'path': path, 'line': line, 'module': module}, (-weight, line, module)) as proof
    from framework_import
    where weight > 0
    group by scan_id, framework, family, path
)

select
    scan_id,
    framework,
    family,
    count(*) as files,
    sum(imports)::bigint as imports,
    sum(weight) as score,
    list(proof order by weight desc, proof.path)[:5] as evidence
from votes
group by scan_id, framework, family;

comment on view repo_framework is 'One row per framework that a scan found, with its evidence.';
comment on column repo_framework.scan_id is 'The scan: scan.scan_id.';
comment on column repo_framework.framework is 'Framework.';
comment on column repo_framework.family is 'Framework with keras folded into tensorflow.';
comment on column repo_framework.files is 'Files that import it.';
comment on column repo_framework.imports is 'Imports of it.';
comment on column repo_framework.score is 'Sum over the files of the weight of their best import (framework_import.weight).';
comment on column repo_framework.evidence is 'Up to five imports that prove it, the weightiest first: path, line, module.';
