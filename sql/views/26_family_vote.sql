-- One row per file and framework family that the file imports: the file's vote for the family.
-- So a file that imports keras and tensorflow votes once for the family tensorflow.
create or replace view family_vote as
select
    scan_id,
    path,
    family,
    max(weight) as weight,
    sum(imports)::bigint as imports,
    bool_or(is_imported) as is_imported
from file_vote
group by scan_id, path, family;

comment on view family_vote is
'One row per file and framework family that it imports: the file''s vote for the family.';
comment on column family_vote.scan_id is 'The scan: scan.scan_id.';
comment on column family_vote.path is 'Path of the file, relative to the repository''s root.';
comment on column family_vote.family is 'The framework family.';
comment on column family_vote.weight is
'Weight of the vote: the largest of the file''s votes for frameworks of the family.';
comment on column family_vote.imports is 'Imports of the family''s frameworks in the file.';
comment on column family_vote.is_imported is
'Whether code imports one of them. False where the file only lists packages.';
