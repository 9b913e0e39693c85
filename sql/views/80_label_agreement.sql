-- One row per judged unit for which a source claims a framework: its claim beside our label.
-- source_label says what the source's words mean; a word that it does not know is no claim.
create or replace view label_agreement as
with claims as (
    select
        unit_id,
        source,
        min(paper_id) as paper_id,
        min(source_label) as source_label
    from paper_link
    where unit_id is not null and source_label is not null
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
    on compared.unit_id = adjudication.unit_id
    and compared.source = adjudication.source
    and not compared.agrees;

comment on view label_agreement is 'One row per judged unit for which a source claims a framework: its claim beside our label. A claim of none is left out, for it means not detected.';
comment on column label_agreement.unit_id is 'The unit.';
comment on column label_agreement.source is 'Source of the claim.';
comment on column label_agreement.paper_id is 'A paper that links to the unit.';
comment on column label_agreement.source_label is 'The claim in the source''s words.';
comment on column label_agreement.source_family is 'The claim in ours.';
comment on column label_agreement.label is 'Our label.';
comment on column label_agreement.family is 'Our label with keras folded into tensorflow.';
comment on column label_agreement.agrees is 'Whether both name the same family; Papers with Code''s caffe2 agrees with caffe and caffe2.';
comment on column label_agreement.dominance is 'How clear our label is: repo_label.dominance.';
comment on column label_agreement.confidence is 'Its confidence: repo_label.confidence.';
comment on column label_agreement.verdict is 'For a disagreement that a person has judged by the code: ours, source, both or neither is right.';
comment on column label_agreement.reason is 'What in the code decides it.';
comment on column label_agreement.scan_id is 'The scan behind our label.';
