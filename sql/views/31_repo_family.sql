-- One row per framework family in a scan, with the votes of its files.
create or replace view repo_family as
select
    scan_id,
    family,
    sum(imports)::bigint as imports,
    sum(weight)::decimal(18, 6) as score,
    max(weight) as best_vote,
    bool_or(is_imported) as is_imported
from family_vote
group by scan_id, family;

comment on view repo_family is 'One row per framework family in a scan, with the votes for it.';
comment on column repo_family.scan_id is 'The scan: scan.scan_id.';
comment on column repo_family.family is 'The framework family.';
comment on column repo_family.imports is 'Imports of the family''s frameworks in the scan.';
comment on column repo_family.score is 'Sum of the files'' votes: family_vote.weight.';
comment on column repo_family.best_vote is 'The largest vote of a file: family_vote.weight.';
comment on column repo_family.is_imported is
'Whether code imports one of them. False where only lists of packages name them.';
