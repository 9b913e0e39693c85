-- One row per paper and scan_key: whether known_commit has an answer that is still valid.
-- Parameters: $scanner_version, $now, $recheck_days. is_answered is valid only for known_until.
-- outcome_status.means decides, as in units.sql. A commit needs a scan by $scanner_version. If a
-- later commit could change an answer, the answer is valid until the next push.
with asked as (
    select
        linked.paper_id,
        reachable_unit.scan_key,
        min(reachable_unit.unit_id) as unit_id,
        arg_min(reachable_unit.owner, reachable_unit.unit_id) as owner,
        arg_min(reachable_unit.name, reachable_unit.unit_id) as name,
        bool_or(reachable_unit.ref_may_have_slash) as ref_may_have_slash,
        -- one scan_key has one host, directory, ref and repository
        any_value(reachable_unit.host) as host,
        any_value(reachable_unit.subdir) as subdir,
        any_value(reachable_unit.ref) as ref,
        any_value(reachable_unit.repo_id) as repo_id
    from corrected_link as linked
    inner join reachable_unit using (unit_id)
    group by linked.paper_id, reachable_unit.scan_key
),

scanned as (
    select distinct
        unit.scan_key,
        scan.commit_id
    from scan
    inner join unit using (unit_id)
    inner join outcome_status
        on outcome_status.step = 'code' and outcome_status.status = scan.status
    where scan.scanner_version = $scanner_version and outcome_status.means = 'answer'
)

select
    asked.paper_id,
    asked.unit_id,
    asked.host,
    asked.owner,
    asked.name,
    asked.subdir,
    asked.ref,
    asked.ref_may_have_slash,
    last_public_day(paper.published_on, paper.date_precision) as last_public_day,
    paper.date_precision,
    case when repo.is_fork then repo.created_at end as forked_at,
    repo.commits,
    known_commit.asked_until as known_until,
    case outcome_status.means
        when 'answer'
            then
                (known_commit.commit_id is null or scanned.commit_id is not null)
                and (
                    known_commit.status not in ('no_code', 'empty')
                    and coalesce(known_commit.found_at > known_commit.asked_until, true)
                    or coalesce(
                        known_commit.found_at > repo.pushed_at,
                        known_commit.found_at > $now - to_seconds(86400 * $recheck_days)
                    )
                )
        when 'gone'
            then known_commit.found_at > $now - to_seconds(86400 * $recheck_days)
        else false
    end as is_answered
from asked
inner join paper_date as paper using (paper_id)
left join repo using (repo_id)
left join known_commit
    on asked.paper_id = known_commit.paper_id and asked.unit_id = known_commit.unit_id
left join outcome_status
    on outcome_status.step = 'history' and outcome_status.status = known_commit.status
left join scanned
    on asked.scan_key = scanned.scan_key and known_commit.commit_id = scanned.commit_id
order by asked.host, asked.owner, asked.name, asked.paper_id, asked.unit_id
