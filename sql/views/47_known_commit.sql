-- One row per paper and linked unit with a row in paper_commit. The row of one name of a repository
-- counts for every name. Of several rows, one with a commit counts, then the newest.
create or replace view known_commit as
with answered as (
    select
        unit.scan_key,
        paper_commit.*
    from paper_commit
    inner join unit using (unit_id)
    qualify
        row_number() over (
            partition by paper_commit.paper_id, unit.scan_key
            order by
                paper_commit.commit_id is null,
                paper_commit.found_at desc,
                paper_commit.unit_id
        ) = 1
),

linked as (
    select distinct
        paper_link.paper_id,
        unit.unit_id,
        unit.scan_key
    from corrected_link as paper_link
    inner join unit using (unit_id)
)

select
    linked.paper_id,
    linked.unit_id,
    linked.scan_key,
    answered.asked_until,
    answered.commit_id,
    answered.committed_at,
    answered.status,
    answered.notes,
    answered.lag_days,
    answered.found_at
from linked
inner join answered using (paper_id, scan_key);

comment on view known_commit is
'One row per paper and linked unit with a row in paper_commit, under any name of the repository.';
comment on column known_commit.paper_id is 'The paper: paper.paper_id.';
comment on column known_commit.unit_id is 'The unit: paper_link.unit_id.';
comment on column known_commit.scan_key is 'Key of the code: unit.scan_key.';
comment on column known_commit.asked_until is
'Latest time for a commit with status in_time: paper_commit.asked_until.';
comment on column known_commit.commit_id is
'The chosen commit: paper_commit.commit_id. Null if there is none.';
comment on column known_commit.committed_at is
'Committer date of the commit (UTC), corrected as in paper_commit.committed_at.';
comment on column known_commit.status is
'How the commit was chosen, or why there is none: paper_commit.status.';
comment on column known_commit.notes is 'Notes on the choice: paper_commit.notes.';
comment on column known_commit.lag_days is
'Days from the paper to the commit: paper_commit.lag_days.';
comment on column known_commit.found_at is
'When the history was last examined (UTC): paper_commit.found_at.';
