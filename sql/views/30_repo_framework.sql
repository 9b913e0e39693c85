-- One row per framework in a scan, with the lines that prove it.
create or replace view repo_framework as
select
    scan_id,
    framework,
    family,
    count(*) as files,
    sum(imports)::bigint as imports,
    sum(weight) as score,
    arg_min(proof, (-weight, path), 5) as evidence
from file_vote
group by scan_id, framework, family;

comment on view repo_framework is 'One row per framework in a scan, with its evidence.';
comment on column repo_framework.scan_id is 'The scan: scan.scan_id.';
comment on column repo_framework.framework is 'The framework.';
comment on column repo_framework.family is
'The framework''s family: repo_label.family explains it.';
comment on column repo_framework.files is 'Files that vote for it.';
comment on column repo_framework.imports is 'Imports of it in these files.';
comment on column repo_framework.score is 'Sum of the files'' votes: file_vote.weight.';
comment on column repo_framework.evidence is
'Up to five imports that prove it, one a file, the largest weights first: path, line, module.';
