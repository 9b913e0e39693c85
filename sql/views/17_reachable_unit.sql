-- One row per unit whose code may be there, under the present name of its repository.
create or replace view reachable_unit as
select
    unit.unit_id,
    unit.scan_key,
    unit.host,
    coalesce(repo.owner, unit.owner) as owner,
    coalesce(repo.name, unit.name) as name,
    unit.subdir,
    unit.ref,
    unit.ref_may_have_slash,
    unit.repo_id
from unit
left join repo using (repo_id)
left join outcome_status
    on outcome_status.step = 'metadata' and outcome_status.status = unit.lookup_status
where
    unit.lookup_problem is null
    or outcome_status.means = 'again'
    -- GitHub said nothing about it, but its code may be there
    or unit.lookup_status = 'refused'
    -- it still exists under another name
    or (unit.lookup_status = 'name_reused' and repo.status = 'ok');

comment on view reachable_unit is
'One row per unit whose code may be there, under the present name of its repository.';
comment on column reachable_unit.unit_id is 'The unit: unit.unit_id.';
comment on column reachable_unit.scan_key is 'Units with one scan_key need one scan.';
comment on column reachable_unit.host is 'Host of the repository.';
comment on column reachable_unit.owner is
'Owner as GitHub writes it, else as links do.';
comment on column reachable_unit.name is 'Name as GitHub writes it, else as links do.';
comment on column reachable_unit.subdir is 'Directory; empty for the whole repository.';
comment on column reachable_unit.ref is 'Branch, tag or commit that the links name. Null for none.';
comment on column reachable_unit.ref_may_have_slash is
'Whether the ref may continue into the directory.';
comment on column reachable_unit.repo_id is 'The repository: repo.repo_id. Null where unknown.';
