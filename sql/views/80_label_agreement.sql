-- One row per judged unit and source that claims a framework for it: the claim beside our label.
-- source_label says what the source's words mean. A word without a row there is no claim.
create or replace view label_agreement as
with claims as (
    select
        unit_id,
        source,
        min(paper_id) as paper_id,
        min(source_label) as source_label
    from corrected_link
    where source_label is not null
    group by unit_id, source
),

compared as (
    select
        claims.unit_id,
        claims.source,
        claims.paper_id,
        claims.source_label,
        source_label.family as source_family,
        repo_label.label,
        repo_label.family,
        coalesce(repo_label.family in (source_label.family, source_label.other_family), false)
            as agrees,
        repo_label.dominance,
        repo_label.confidence,
        latest_scan.scan_id
    from claims
    inner join source_label on lower(claims.source_label) = source_label.source_label
    inner join latest_scan on claims.unit_id = latest_scan.unit_id
    inner join repo_label on latest_scan.scan_id = repo_label.scan_id
)

select
    compared.*,
    adjudication.verdict,
    adjudication.reason
from compared
left join adjudication
    on
        compared.unit_id = adjudication.unit_id
        and compared.source = adjudication.source
        and not compared.agrees;

comment on view label_agreement is
'One row per judged unit and source that claims a framework for it: the claim beside our label. A '
'word that source_label does not have is no claim.';
comment on column label_agreement.unit_id is 'The unit: paper_link.unit_id.';
comment on column label_agreement.source is 'The source of the claim: paper_link.source.';
comment on column label_agreement.paper_id is 'A paper for which the source makes the claim.';
comment on column label_agreement.source_label is 'The claim in the source''s words.';
comment on column label_agreement.source_family is
'The framework family that the words mean: source_label.family.';
comment on column label_agreement.label is 'Our label.';
comment on column label_agreement.family is 'The family of our label.';
comment on column label_agreement.agrees is
'Whether our family is one that the words can mean: source_label.family or other_family.';
comment on column label_agreement.dominance is 'repo_label.dominance of our label.';
comment on column label_agreement.confidence is 'repo_label.confidence of our label.';
comment on column label_agreement.verdict is
'For a disagreement that a person has judged: adjudication.verdict.';
comment on column label_agreement.reason is
'The evidence in the code that decides the verdict: adjudication.reason.';
comment on column label_agreement.scan_id is 'The scan behind our label: scan.scan_id.';
