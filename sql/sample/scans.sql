-- The scans of a sample: one row per scan, with is_head for the one that is the unit's newest commit.
-- `draw` has the drawn repositories.
create or replace temp table sampled_scan as
with sampled_unit as (
    select unit.unit_id
    from unit
    semi join draw on unit.host || '/' || repository_key(unit.owner, unit.name) = draw.repository
),

present as (
    select
        scan.scan_id,
        scan.unit_id,
        scan.commit_id,
        scan.committed_at,
        scan.status,
        scan.is_head,
        -- a scan by an older version of the scanner counts until this version has read the code
        scan_standing(scan.status, scan.scanned_at, scan.scan_id) as standing
    from scan
    semi join sampled_unit using (unit_id)
),

head as (
    select
        unit_id,
        arg_max(scan_id, standing) as scan_id
    from present
    where is_head
    group by unit_id
),

named as (
    select
        unit_id,
        commit_id
    from paper_commit
    where commit_id is not null
    union
    select
        unit_id,
        commit_id
    from year_end
),

-- of several scans of a commit, the one that read its code
older as (
    select arg_max(present.scan_id, present.standing) as scan_id
    from present
    inner join named using (unit_id, commit_id)
    group by present.unit_id, present.commit_id
)

select
    present.scan_id,
    present.unit_id,
    present.committed_at,
    present.status,
    head.scan_id is not null as is_head
from present
left join head using (scan_id)
where head.scan_id is not null or present.scan_id in (select scan_id from older)
