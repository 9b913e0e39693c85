-- One row per paper, linked unit and moment (then, now): the commit of this moment with its label,
-- or why there is none.
create or replace view paper_moment as
with linked as (
    select distinct
        paper_id,
        unit_id
    from corrected_link
    where unit_id is not null
),

asked as (
    select
        linked.*,
        moments.moment
    from linked
    cross join (values ('then'), ('now')) as moments (moment)
),

noted as (
    select
        known.notes,
        list(history_note.words order by history_note.note) as words
    from (select distinct notes from known_commit) as known
    inner join history_note on list_contains(known.notes, history_note.note)
    group by known.notes
)

select
    asked.paper_id,
    asked.unit_id,
    asked.moment,
    paper_scan.scan_id,
    coalesce(repo_label.label, scan_status.words, history_status.words, 'not collected') as code,
    coalesce(paper_scan.committed_at, known_commit.committed_at) as committed_at,
    coalesce(scan.commit_id, known_commit.commit_id) as commit_id,
    paper_scan.lag_days,
    case
        when known_commit.commit_id is null then []
        else list_prepend(history_status.words, coalesce(noted.words, []))
    end as reasons
from asked
left join paper_scan using (paper_id, unit_id, moment)
left join scan on paper_scan.scan_id = scan.scan_id
left join repo_label on paper_scan.scan_id = repo_label.scan_id
left join outcome_status as scan_status
    on scan_status.step = 'code' and scan_status.status = scan.status
left join known_commit
    on
        asked.moment = 'then'
        and asked.paper_id = known_commit.paper_id
        and asked.unit_id = known_commit.unit_id
left join noted on known_commit.notes = noted.notes
left join outcome_status as history_status
    on history_status.step = 'history' and history_status.status = known_commit.status;

comment on view paper_moment is
'One row per paper, linked unit and moment (then, now): the commit of this moment with its label, '
'or the reason why there is none.';
comment on column paper_moment.paper_id is 'The paper: paper.paper_id.';
comment on column paper_moment.unit_id is 'The unit: paper_link.unit_id.';
comment on column paper_moment.moment is
'then (the commit in known_commit) or now (the newest commit).';
comment on column paper_moment.scan_id is
'The scan of the commit: paper_scan.scan_id. Null if there is none.';
comment on column paper_moment.code is
'The label of the commit. If it has none, the reason in words: outcome_status.words, or not '
'collected.';
comment on column paper_moment.committed_at is 'Date of the commit (UTC). Null if it is unknown.';
comment on column paper_moment.commit_id is 'The commit. Null if it is unknown.';
comment on column paper_moment.lag_days is
'Days from the paper to the commit: paper_scan.lag_days.';
comment on column paper_moment.reasons is
'The reasons for the choice of the commit at the moment then, in words: known_commit.status and '
'known_commit.notes. Empty at the moment now.';
