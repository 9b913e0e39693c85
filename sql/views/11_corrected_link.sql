-- One row per link that counts: the links of paper sources without those that a person replaced, and
-- the links that a person gave. A new link is official if the old one was.
create or replace view corrected_link as
with given as (
    select
        correction.item as paper_id,
        correction.new as raw_link,
        -- one new link names one unit, so these values are the same in all of its rows
        any_value(correction.unit_id) as unit_id,
        any_value(correction.host) as host,
        any_value(correction.owner) as owner,
        any_value(correction.name) as name,
        any_value(correction.ref) as ref,
        any_value(correction.subdir) as subdir,
        bool_or(paper_link.is_official) as is_official,
        min(correction.decided_on)::timestamp as seen_at
    from paper_correction as correction
    left join paper_link
        on correction.item = paper_link.paper_id and correction.old = paper_link.raw_link
    where correction.kind = 'link' and correction.is_applied and correction.new is not null
    group by correction.item, correction.new
)

select *
from paper_link
anti join paper_correction as correction
    on
        paper_link.paper_id = correction.item
        and paper_link.raw_link = correction.old
        and correction.kind = 'link'
        and correction.is_applied
union all by name
select
    *,
    'overrides' as source
from given;

comment on view corrected_link is
'One row per link that counts: the rows of paper_link with the corrections of links.';
comment on column corrected_link.paper_id is 'As in paper_link.paper_id.';
comment on column corrected_link.source is
'paper_link.source, or overrides for a link from a person.';
comment on column corrected_link.raw_link is 'As in paper_link.raw_link.';
comment on column corrected_link.unit_id is 'As in paper_link.unit_id.';
comment on column corrected_link.host is 'As in paper_link.host.';
comment on column corrected_link.owner is 'As in paper_link.owner.';
comment on column corrected_link.name is 'As in paper_link.name.';
comment on column corrected_link.ref is 'As in paper_link.ref.';
comment on column corrected_link.subdir is 'As in paper_link.subdir.';
comment on column corrected_link.flags is 'As in paper_link.flags.';
comment on column corrected_link.problem is 'As in paper_link.problem.';
comment on column corrected_link.problem_message is 'As in paper_link.problem_message.';
comment on column corrected_link.is_official is 'As in paper_link.is_official.';
comment on column corrected_link.source_label is 'As in paper_link.source_label.';
comment on column corrected_link.seen_at is 'As in paper_link.seen_at.';
comment on column corrected_link.source_stars is 'As in paper_link.source_stars.';
