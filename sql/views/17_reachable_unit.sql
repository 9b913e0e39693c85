-- One row per unit whose code a run can try to fetch, with the present name of its repository.
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
    -- GitHub refused the metadata request, but the code may still be available
    or unit.lookup_status = 'refused'
    -- it still exists under another name
    or (unit.lookup_status = 'name_reused' and repo.status = 'ok');

comment on view reachable_unit is
'One row per unit whose code a run can try to fetch, with the present name of its repository.';
comment on column reachable_unit.unit_id is 'The unit: unit.unit_id.';
comment on column reachable_unit.scan_key is
'Key of the code: units with the same scan_key share one scan.';
comment on column reachable_unit.host is 'Host of the repository.';
comment on column reachable_unit.owner is
'Owner as GitHub writes it; if that is unknown, as links write it.';
comment on column reachable_unit.name is
'Name as GitHub writes it; if that is unknown, as links write it.';
comment on column reachable_unit.subdir is 'Directory; empty for the whole repository.';
comment on column reachable_unit.ref is
'Branch, tag or commit that the links name. Null if they name none.';
comment on column reachable_unit.ref_may_have_slash is
'Whether the ref may contain a slash, so that a part of subdir may belong to it.';
comment on column reachable_unit.repo_id is 'The repository: repo.repo_id. Null where unknown.';
