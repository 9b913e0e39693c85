-- Units whose year ends are due. One row per scan_key. Parameters: $scanner_version, $now,
-- $recheck_days. An answer is valid for the rest of its calendar year, and until the next push.
-- Every year end needs a scan by $scanner_version. outcome_status.means decides, as in units.sql.
with known as (
    select
        unit.scan_key,
        arg_max(repository_history.status, repository_history.found_at) as status,
        max(repository_history.found_at) as found_at
    from repository_history
    inner join unit using (unit_id)
    group by unit.scan_key
),

scanned as (
    select
        unit.scan_key,
        scan.commit_id
    from scan
    inner join unit using (unit_id)
    inner join outcome_status
        on outcome_status.step = 'code' and outcome_status.status = scan.status
    where scan.scanner_version = $scanner_version and outcome_status.means = 'answer'
),

unscanned as (
    select distinct unit.scan_key
    from year_end
    inner join unit using (unit_id)
    left join scanned
        on unit.scan_key = scanned.scan_key and year_end.commit_id = scanned.commit_id
    where scanned.commit_id is null
),

wanted as (
    select
        scan_key,
        min(unit_id) as unit_id,
        arg_min(owner, unit_id) as owner,
        arg_min(name, unit_id) as name,
        bool_or(ref_may_have_slash) as ref_may_have_slash,
        -- one scan_key has one host, directory, ref and repository
        any_value(host) as host,
        any_value(subdir) as subdir,
        any_value(ref) as ref,
        any_value(repo_id) as repo_id
    from reachable_unit
    group by scan_key
)

select
    wanted.unit_id,
    wanted.host,
    wanted.owner,
    wanted.name,
    wanted.subdir,
    wanted.ref,
    wanted.ref_may_have_slash,
    case when repo.is_fork then repo.created_at end as forked_at,
    repo.commits
from wanted
left join repo using (repo_id)
left join known using (scan_key)
left join unscanned using (scan_key)
left join outcome_status
    on outcome_status.step = 'years' and outcome_status.status = known.status
where
    not coalesce(
        case outcome_status.means
            when 'answer'
                then
                    unscanned.scan_key is null
                    and (
                        year(known.found_at) = year($now::timestamp)
                        or known.found_at > repo.pushed_at
                    )
            when 'gone'
                then known.found_at > $now - to_seconds(86400 * $recheck_days)
            else false
        end,
        false
    )
order by wanted.host, wanted.owner, wanted.name, wanted.unit_id
