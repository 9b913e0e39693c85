-- One row per override, under the present id of its paper, and whether it changes anything.
-- After a merge of papers, several overrides can apply to one date, venue or link: the first counts.
create or replace view correction as
with named as (
    select override.* replace (coalesce(paper_alias.paper_id, override.item) as item)
    from override
    left join paper_alias on override.item = paper_alias.alias
),

compared as (
    select
        named.*,
        case
            when named.kind = 'label' then named.item in (select unit_id from scan)
            when paper.paper_id is null then false
            when named.old is null then true
            when named.kind = 'link'
                then (named.item, named.old) in (select (paper_id, raw_link) from paper_link)
            when named.kind = 'date'
                then coalesce(starts_with(paper.published_on::varchar, named.old), false)
            else coalesce(paper.venue = named.old, false)
        end as is_applied
    from named
    left join paper on named.item = paper.paper_id
)

select *
from compared
qualify
    row_number() over (
        partition by
            kind,
            item,
            case when kind in ('link', 'label') or not is_applied then old end,
            case when kind = 'link' then new end
        order by csv_row
    ) = 1;

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
'Whether the database has the paper with the old value. For a label: whether it has a scan of the '
'unit; the old label decides for each scan.';
