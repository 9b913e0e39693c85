-- One row per unit that papers link to, with its repository.
-- Two names of one repository need one scan, so they have one scan_key.
-- Links write a name in upper or lower case. The unit has the first spelling in alphabetical order.
create or replace view unit as
with linked as (
    select
        unit_id,
        min(host) as host,
        min(owner) as owner,
        min(name) as name,
        min(ref) as ref,
        min(subdir) as subdir,
        bool_or(list_contains(flags, 'ref_may_have_slash')) as ref_may_have_slash
    from corrected_link
    where unit_id is not null
    group by unit_id
)

select
    linked.unit_id,
    coalesce(
        'github:' || repo_lookup.repo_id || ':' || linked.subdir || '@' || coalesce(linked.ref, ''),
        linked.unit_id
    ) as scan_key,
    linked.host,
    linked.owner,
    linked.name,
    linked.ref,
    linked.subdir,
    coalesce(linked.ref_may_have_slash, false) as ref_may_have_slash,
    repo_lookup.repo_id,
    repo_lookup.status as lookup_status,
    repo_lookup.message as lookup_message,
    case
        when outcome_status.means <> 'answer' or repo_lookup.status = 'empty'
            then repo_lookup.status
    end as lookup_problem
from linked
left join repo_lookup
    on
        repo_lookup.host = linked.host
        and repo_lookup.name_key = repository_key(linked.owner, linked.name)
left join outcome_status
    on outcome_status.step = 'metadata' and outcome_status.status = repo_lookup.status;

comment on view unit is
'One row per unit that papers link to: a repository or a directory of one, at a ref or at its '
'newest commit.';
comment on column unit.unit_id is 'The unit: paper_link.unit_id.';
comment on column unit.scan_key is
'Units with one scan_key need one scan: the repository''s number with directory and ref where the '
'number is known, else the unit itself.';
comment on column unit.host is 'Host of the repository.';
comment on column unit.owner is 'Owner as links write it.';
comment on column unit.name is 'Name as links write it.';
comment on column unit.ref is 'Branch, tag or commit that the links name. Null for none.';
comment on column unit.subdir is 'Directory inside the repository; empty for the whole repository.';
comment on column unit.ref_may_have_slash is
'Whether the ref may continue into the directory, because refs can hold slashes.';
comment on column unit.repo_id is
'The repository: repo.repo_id. Null before its first successful lookup.';
comment on column unit.lookup_status is
'Result of the name''s last lookup: repo_lookup.status. Null before the first.';
comment on column unit.lookup_message is 'The result in one sentence: repo_lookup.message.';
comment on column unit.lookup_problem is
'lookup_status where the lookup gave no repository with a commit. Null where it gave one, and '
'before the first lookup.';
