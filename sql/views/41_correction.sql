-- One row per override, under the present id of its paper, and whether it changes anything. It comes
-- after repo_label, which knows the labels before the correction.
create or replace view correction as
select *
from paper_correction
union all by name
select
    override.*,
    exists(
        select 1
        from repo_label
        where repo_label.correction_row = override.csv_row
    ) as is_applied
from override
where override.kind = 'label';

comment on view correction is
'One row per value that a person corrected, and whether it changes anything here.';
comment on column correction.csv_row is 'As in override.csv_row.';
comment on column correction.kind is 'link, date, venue or label.';
comment on column correction.item is
'The paper: paper.paper_id. For a label, the unit: scan.unit_id.';
comment on column correction.old is 'The value to replace: override.old.';
comment on column correction.new is 'The right value: override.new.';
comment on column correction.reason is 'Why the old value is wrong.';
comment on column correction.author is 'The person who corrected the value.';
comment on column correction.decided_on is 'Day of the correction.';
comment on column correction.unit_id is 'The unit of a new link: override.unit_id.';
comment on column correction.host is 'Host of a new link: override.host.';
comment on column correction.owner is 'Owner of the repository in a new link: override.owner.';
comment on column correction.name is 'Name of the repository in a new link: override.name.';
comment on column correction.ref is 'Branch, tag or commit that a new link names: override.ref.';
comment on column correction.subdir is 'Directory that a new link names: override.subdir.';
comment on column correction.published_on is 'The new date of a paper: override.published_on.';
comment on column correction.date_precision is
'Precision of the new date: override.date_precision.';
comment on column correction.is_applied is
'Whether the database has the paper with the old value. For a label: whether a judged scan of the '
'repository has the old label, or any label if old is null.';
