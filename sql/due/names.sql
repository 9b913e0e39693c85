-- Linked names to look up at GitHub: new ones, old answers, and failures to try again.
-- $now, $refresh_days, $recheck_days.
-- One row per lookup. Names of one repository need one lookup, under its present name.
with linked as (
    select
        host,
        repository_key(owner, name) as name_key,
        min(owner) as owner,
        min(name) as name
    from corrected_link
    where unit_id is not null and host = 'github.com'
    group by host, name_key
),

due as (
    select
        linked.*,
        repo_lookup.repo_id
    from linked
    left join repo_lookup using (host, name_key)
    left join outcome_status
        on outcome_status.step = 'metadata' and outcome_status.status = repo_lookup.status
    where
        repo_lookup.name_key is null
        or outcome_status.means = 'again'
        or repo_lookup.looked_up_at < $now - to_seconds(86400 * case outcome_status.means
            when 'answer' then $refresh_days
            else $recheck_days
        end)
)

select
    coalesce(any_value(repo.owner), arg_min(due.owner, due.name_key)) as owner,
    coalesce(any_value(repo.name), arg_min(due.name, due.name_key)) as name,
    any_value(due.repo_id) as repo_id,
    list(due.name_key order by due.name_key) as asked_as
from due
left join repo using (repo_id)
group by coalesce(due.repo_id::varchar, due.name_key)
order by owner, name
