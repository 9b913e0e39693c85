-- Units to scan: those without an answer for the newest commit by the present rules.
-- $scanner_version, $now, $recheck_days. One row per scan_key, with its metadata.
-- outcome_status.means decides: the newest answer holds until the newest commit changes, gone holds
-- for $recheck_days, and anything else is tried again at once.
with known as (
    select
        unit.scan_key,
        min(unit.unit_id) as unit_id,
        arg_min(unit.owner, unit.unit_id) as owner,
        arg_min(unit.name, unit.unit_id) as name,
        bool_or(unit.ref_may_have_slash) as ref_may_have_slash,
        -- one scan_key has one host, directory, ref and repository
        any_value(unit.host) as host,
        any_value(unit.subdir) as subdir,
        any_value(unit.ref) as ref,
        any_value(repo.head_commit) as head_commit,
        any_value(repo.head_committed_at) as head_committed_at,
        any_value(repo.pushed_at) as pushed_at,
        any_value(repo.fetched_at) as fetched_at,
        any_value(repo.size_kb) as size_kb,
        any_value(repo.languages) as languages
    from reachable_unit as unit
    left join repo using (repo_id)
    group by unit.scan_key
),

-- the newest scan by the present rules, for each meaning
scanned as (
    select
        unit.scan_key,
        outcome_status.means,
        scan.commit_id,
        scan.scanned_at
    from scan
    inner join unit using (unit_id)
    inner join outcome_status
        on outcome_status.step = 'code' and outcome_status.status = scan.status
    where scan.scanner_version = $scanner_version and scan.is_head
    qualify
        row_number() over (
            partition by unit.scan_key, outcome_status.means
            order by scan.scanned_at desc, scan.scan_id desc
        ) = 1
),

answered as (
    select known.scan_key
    from known
    inner join scanned using (scan_key)
    where
        case scanned.means
            when 'answer'
                then case
                    when known.ref is not null
                        then coalesce(scanned.scanned_at > known.pushed_at, true)
                    else
                        coalesce(scanned.commit_id = known.head_commit, true)
                        -- it scanned another commit, because the known one was gone
                        or scanned.scanned_at > known.fetched_at
                end
            when 'gone'
                then scanned.scanned_at > $now - to_seconds(86400 * $recheck_days)
            else false
        end
)

select
    unit_id,
    host,
    owner,
    name,
    subdir,
    ref,
    ref_may_have_slash,
    head_commit,
    head_committed_at,
    size_kb,
    languages
from known
anti join answered using (scan_key)
order by unit_id
