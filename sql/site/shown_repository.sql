-- One row per paper and linked unit: the repository, and what sources claim, without moments. The
-- repositories by which the paper counts come first.
create or replace temp table shown_repository as
with linked as (
    select
        paper_id,
        unit_id,
        bool_or(is_official) as is_official
    from corrected_link
    where unit_id is not null
    group by paper_id, unit_id
),

counted as (
    select
        unit_id,
        count(*) as papers
    from linked
    group by unit_id
),

deciding as (
    select
        paper_id,
        unit_id,
        list(moment order by moment desc) as moments
    from judged_paper
    group by paper_id, unit_id
),

claims as (
    select
        paper_link.paper_id,
        paper_link.unit_id,
        list(
            {
                'source': paper_link.source,
                'label': paper_link.source_label,
                'agrees': label_agreement.agrees,
                'verdict': label_agreement.verdict,
                'reason': label_agreement.reason
            }
            order by paper_link.source, paper_link.source_label
        )[:5] as claims
    from corrected_link as paper_link
    left join label_agreement
        on
            paper_link.unit_id = label_agreement.unit_id
            and paper_link.source = label_agreement.source
            and paper_link.source_label = label_agreement.source_label
    where paper_link.source_label is not null
    group by paper_link.paper_id, paper_link.unit_id
),

labels_by_hand as (
    select
        label_correction.unit_id,
        list(
            {
                'kind': correction.kind,
                'old': correction.old,
                'new': correction.new,
                'reason': correction.reason,
                'author': correction.author,
                'day': correction.decided_on::varchar
            }
            order by correction.csv_row
        )[:5] as corrections
    from correction
    inner join label_correction using (csv_row)
    where correction.is_applied
    group by label_correction.unit_id
)

select
    searched_paper.number,
    linked.unit_id,
    row_number() over (
        partition by searched_paper.number
        order by
            deciding.moments desc nulls last,
            linked.is_official desc nulls last,
            unit_repository.stars desc nulls last,
            linked.unit_id
    ) as place,
    unit.host,
    unit.owner,
    unit.name,
    unit.subdir,
    unit.ref,
    linked.is_official,
    unit_repository.stars,
    counted.papers,
    coalesce(deciding.moments, []) as decides,
    coalesce(claims.claims, []) as claims,
    coalesce(labels_by_hand.corrections, []) as corrections
from linked
inner join searched_paper using (paper_id)
inner join unit using (unit_id)
inner join counted using (unit_id)
left join unit_repository using (unit_id)
left join deciding on linked.paper_id = deciding.paper_id and linked.unit_id = deciding.unit_id
left join claims on linked.paper_id = claims.paper_id and linked.unit_id = claims.unit_id
left join labels_by_hand using (unit_id);
