-- One row per paper, unit and moment with a scan. The moment `then` is the commit in known_commit,
-- and `now` is the newest commit.
-- is_of_time is the only definition of code of the time. It holds for a repository at both moments, so
-- that the same repositories decide at both.
create or replace view paper_scan as
with linked as (
    select
        paper_id,
        unit_id,
        bool_or(coalesce(is_official, false)) as is_official
    from corrected_link
    group by paper_id, unit_id
),

moments as (
    select
        linked.paper_id,
        linked.unit_id,
        'then' as moment,
        scan_of_commit.scan_id,
        scan_of_commit.status,
        known_commit.committed_at,
        known_commit.lag_days,
        linked.is_official
    from linked
    inner join known_commit using (paper_id, unit_id)
    inner join scan_of_commit using (scan_key, commit_id)
    union all
    select
        linked.paper_id,
        linked.unit_id,
        'now' as moment,
        latest_scan.scan_id,
        latest_scan.status,
        scan.committed_at,
        date_diff(
            'day',
            last_public_day(paper.published_on, paper.date_precision),
            scan.committed_at::date
        )::integer as lag_days,
        linked.is_official
    from linked
    inner join latest_scan using (unit_id)
    left join scan using (scan_id)
    left join paper_date as paper using (paper_id)
)

select
    *,
    is_official
    or coalesce(min(lag_days) over (partition by paper_id, unit_id) <= 365, false) as is_of_time
from moments;

comment on view paper_scan is
'One row per paper, unit and moment with a scan: the code when the paper came out, and the newest '
'code.';
comment on column paper_scan.paper_id is 'The paper: paper.paper_id.';
comment on column paper_scan.unit_id is 'The unit: paper_link.unit_id.';
comment on column paper_scan.moment is
'then (the commit of known_commit) or now (the newest commit).';
comment on column paper_scan.scan_id is 'The scan: scan.scan_id.';
comment on column paper_scan.status is 'Status of the scan: scan.status.';
comment on column paper_scan.committed_at is
'Committer date of the commit (UTC). For then: known_commit.committed_at.';
comment on column paper_scan.lag_days is
'Days from the paper to the commit, counted as in paper_commit.lag_days: negative if the commit is '
'older. Null if the date of the paper or of the commit is unknown.';
comment on column paper_scan.is_official is
'Whether a source says that the authors of the paper published this code.';
comment on column paper_scan.is_of_time is
'Whether the unit has code of the time: official code, or code from at most a year after the '
'paper. At the moment now, its newest code is marked, too.';
