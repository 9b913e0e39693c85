-- One row per override of a paper, under the paper's present id, and whether it changes anything.
-- After a merge of papers, several overrides can apply to one date, venue or link: the first counts.
create or replace view paper_correction as
with named as (
    select override.* replace (coalesce(paper_alias.paper_id, override.item) as item)
    from override
    left join paper_alias on override.item = paper_alias.alias
    where override.kind <> 'label'
),

compared as (
    select
        named.*,
        case
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
            case when kind = 'link' or not is_applied then old end,
            case when kind = 'link' then new end
        order by csv_row
    ) = 1;

comment on view paper_correction is
'One row per link, date or venue that a person corrected, and whether it changes anything.';
comment on column paper_correction.csv_row is 'As in override.csv_row.';
comment on column paper_correction.kind is 'link, date or venue.';
comment on column paper_correction.item is 'The paper: paper.paper_id.';
comment on column paper_correction.old is 'As in override.old.';
comment on column paper_correction.new is 'As in override.new.';
comment on column paper_correction.reason is 'As in override.reason.';
comment on column paper_correction.author is 'As in override.author.';
comment on column paper_correction.decided_on is 'As in override.decided_on.';
comment on column paper_correction.unit_id is 'As in override.unit_id.';
comment on column paper_correction.host is 'As in override.host.';
comment on column paper_correction.owner is 'As in override.owner.';
comment on column paper_correction.name is 'As in override.name.';
comment on column paper_correction.ref is 'As in override.ref.';
comment on column paper_correction.subdir is 'As in override.subdir.';
comment on column paper_correction.published_on is 'As in override.published_on.';
comment on column paper_correction.date_precision is 'As in override.date_precision.';
comment on column paper_correction.is_applied is
'Whether the database has the paper with the old value.';
