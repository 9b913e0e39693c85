-- Histories of repositories. A failure leaves what an earlier run learnt about the commits.
insert into repository_history by name
select * exclude (place)
from (
    select
        *,
        row_number() over () as place
    from incoming
) as numbered
qualify row_number() over (partition by unit_id order by place desc) = 1
on conflict do update set
    status = excluded.status,
    message = excluded.message,
    commits = coalesce(excluded.commits, repository_history.commits),
    first_committed_at = coalesce(
        excluded.first_committed_at, repository_history.first_committed_at
    ),
    last_committed_at = coalesce(excluded.last_committed_at, repository_history.last_committed_at),
    found_at = excluded.found_at
