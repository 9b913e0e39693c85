-- One row per unit and year of its life: the framework at the last commit of the year. Years outside
-- the known history are left out: a history that was rewritten may have lost them.
create or replace view year_end_framework as
select
    year_end.unit_id,
    year_end.year,
    year_end.commit_id,
    year_end.committed_at,
    scan_of_commit.scan_id,
    repo_label.label,
    repo_label.family,
    repo_label.variant
from year_end
inner join repository_history
    on
        year_end.unit_id = repository_history.unit_id
        and year_end.year between year(repository_history.first_committed_at)
        and year(repository_history.last_committed_at)
inner join unit on year_end.unit_id = unit.unit_id
left join scan_of_commit
    on unit.scan_key = scan_of_commit.scan_key and year_end.commit_id = scan_of_commit.commit_id
left join repo_label on scan_of_commit.scan_id = repo_label.scan_id
order by year_end.unit_id, year_end.year;

comment on view year_end_framework is
'One row per unit and year of its life: the framework at the last commit of the year.';
comment on column year_end_framework.unit_id is 'The unit: year_end.unit_id.';
comment on column year_end_framework.year is 'The year: year_end.year.';
comment on column year_end_framework.commit_id is 'The commit: year_end.commit_id.';
comment on column year_end_framework.committed_at is
'Date of the commit (UTC): year_end.committed_at.';
comment on column year_end_framework.scan_id is
'The scan of the commit that counts: scan_of_commit.scan_id. Null without a scan.';
comment on column year_end_framework.label is
'The framework: repo_label.label. Null if the commit could not be judged.';
comment on column year_end_framework.family is 'The label''s family: repo_label.family.';
comment on column year_end_framework.variant is
'TensorFlow 1.x or 2.x: repo_label.variant. Null where it is unknown.';
