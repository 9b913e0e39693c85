-- One row per file and framework that the file imports: the file's vote. The vote has the weight of
-- the file's best import of the framework, which is its proof. If several have this weight, the
-- first line is the proof; on one line, the first module in alphabetical order.
create or replace view file_vote as
with voting as (
    select
        scan_id,
        path,
        framework,
        family,
        count(*) as imports,
        bool_or(kind <> 'declared') as is_imported,
        min({'place': -weight, 'line': line, 'module': module}) as best
    from framework_import
    where weight > 0
    group by scan_id, path, framework, family
)

select
    scan_id,
    path,
    framework,
    family,
    -best.place as weight,
    imports,
    is_imported,
    {'path': path, 'line': best.line, 'module': best.module} as proof
from voting;

comment on view file_vote is
'One row per file and framework that it imports: the file''s vote for the framework.';
comment on column file_vote.scan_id is 'The scan: scan.scan_id.';
comment on column file_vote.path is 'Path of the file, relative to the repository''s root.';
comment on column file_vote.framework is 'The framework.';
comment on column file_vote.family is 'The framework''s family: repo_label.family explains it.';
comment on column file_vote.weight is
'Weight of the vote: the largest framework_import.weight among the file''s imports of the '
'framework.';
comment on column file_vote.imports is 'Imports of the framework in the file.';
comment on column file_vote.is_imported is
'Whether code imports it. False where the file only lists it as a package.';
comment on column file_vote.proof is 'The import with the largest weight: path, line, module.';
