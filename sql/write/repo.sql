-- Repositories as GitHub describes them now. REST gives no languages, and its request for the
-- newest commit can fail. Values that this answer lacks stay. The newest commit stays
-- only if nobody has pushed since.
insert into repo by name
select * exclude (place)
from (
    select
        *,
        row_number() over () as place
    from incoming
) as numbered
qualify row_number() over (partition by repo_id order by place desc) = 1
on conflict do update set
    host = excluded.host,
    owner = excluded.owner,
    name = excluded.name,
    status = excluded.status,
    message = excluded.message,
    created_at = excluded.created_at,
    pushed_at = excluded.pushed_at,
    updated_at = excluded.updated_at,
    archived_at = coalesce(excluded.archived_at, archived_at),
    stars = excluded.stars,
    forks = excluded.forks,
    size_kb = excluded.size_kb,
    is_fork = excluded.is_fork,
    is_archived = excluded.is_archived,
    is_template = excluded.is_template,
    is_disabled = excluded.is_disabled,
    is_mirror = excluded.is_mirror,
    is_private = excluded.is_private,
    parent_id = excluded.parent_id,
    parent_name = excluded.parent_name,
    primary_language = excluded.primary_language,
    languages = coalesce(excluded.languages, languages),
    licence = excluded.licence,
    topics = coalesce(excluded.topics, topics),
    default_branch = excluded.default_branch,
    head_commit = case
        when excluded.head_commit is not null then excluded.head_commit
        when excluded.pushed_at = pushed_at and excluded.status = 'ok' then head_commit
    end,
    head_committed_at = case
        when excluded.head_commit is not null then excluded.head_committed_at
        when excluded.pushed_at = pushed_at and excluded.status = 'ok' then head_committed_at
    end,
    commits = case
        when excluded.commits is not null then excluded.commits
        when excluded.pushed_at = pushed_at then commits
    end,
    api = excluded.api,
    fetched_at = excluded.fetched_at
