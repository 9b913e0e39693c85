-- One row per move of a repository from one framework family or variant to another: two runs of
-- framework_run after one another. The move happened between from_at and to_at.
create or replace view framework_migration as
with moves as (
    select
        *,
        lag({
            'series': series,
            'family': family,
            'variant': variant,
            'commits': commits,
            'first': first,
            'last': last
        }) over (partition by scan_key order by run) as previous
    from framework_run
    qualify run > 1
),

moved as (
    select distinct scan_key
    from moves
),

-- the frameworks of the repositories that moved; computed once, because it takes long
voted as materialized (
    select
        judged_commit.scan_key,
        judged_commit.committed_at,
        repo_framework.*
    from judged_commit
    inner join moved using (scan_key)
    inner join repo_framework using (scan_id)
),

families as (
    select distinct
        scan_key,
        scan_id,
        committed_at,
        family
    from voted
),

-- the imports that prove a family at a commit: those of the framework of its name, if there are any
proofs as (
    select
        scan_id,
        family,
        arg_max(
            list_transform(
                evidence,
                lambda proof: {'path': proof.path, 'line': proof.line, 'name': proof.module}
            ),
            (framework = family, score, framework)
        ) as evidence
    from voted
    group by scan_id, family
)

select
    moves.unit_id,
    moves.previous.series as from_series,
    moves.series as to_series,
    moves.previous.family as from_family,
    moves.family as to_family,
    moves.previous.last.commit_id as from_commit,
    moves.first.commit_id as to_commit,
    moves.previous.last.committed_at as from_at,
    moves.first.committed_at as to_at,
    moves.previous.commits as commits_before,
    moves.commits as commits_after,
    case
        when moves.previous.family <> moves.family
            then (
                select count(*)
                from families as old
                inner join families as new using (scan_id)
                where
                    old.scan_key = moves.scan_key
                    and old.family = moves.previous.family
                    and new.family = moves.family
                    and old.committed_at
                    between moves.previous.first.committed_at and moves.last.committed_at
            )
    end as commits_with_both,
    -- names of the variant, else imports of the family
    coalesce(from_variant.evidence, from_proof.evidence) as from_evidence,
    coalesce(to_variant.evidence, to_proof.evidence) as to_evidence
from moves
left join repo_variant as from_variant
    on
        moves.previous.last.scan_id = from_variant.scan_id
        and moves.previous.variant = from_variant.variant
left join proofs as from_proof
    on
        moves.previous.last.scan_id = from_proof.scan_id
        and moves.previous.family = from_proof.family
left join repo_variant as to_variant
    on
        moves.first.scan_id = to_variant.scan_id
        and moves.variant = to_variant.variant
left join proofs as to_proof
    on
        moves.first.scan_id = to_proof.scan_id
        and moves.family = to_proof.family
order by to_at, moves.unit_id;

comment on view framework_migration is
'One row per move of a repository from one framework family or variant to another, with the '
'commits between which it happened.';
comment on column framework_migration.unit_id is
'The repository: the first of its names in alphabetical order.';
comment on column framework_migration.from_series is
'The series before the move: framework_run.series.';
comment on column framework_migration.to_series is
'The series after the move: framework_run.series.';
comment on column framework_migration.from_family is 'The family of from_series.';
comment on column framework_migration.to_family is 'The family of to_series.';
comment on column framework_migration.from_commit is 'Last judged commit with from_series.';
comment on column framework_migration.to_commit is 'First judged commit with to_series.';
comment on column framework_migration.from_at is 'Date of from_commit (UTC).';
comment on column framework_migration.to_at is 'Date of to_commit (UTC).';
comment on column framework_migration.commits_before is 'Judged commits with from_series.';
comment on column framework_migration.commits_after is
'Judged commits with to_series. If it is 1, a single commit is the evidence for the move.';
comment on column framework_migration.commits_with_both is
'Judged commits before and after the move whose code uses both families. Null for a move between '
'variants of one family.';
comment on column framework_migration.from_evidence is
'Up to five lines of from_commit that prove from_series: path, line, name.';
comment on column framework_migration.to_evidence is
'Up to five lines of to_commit that prove to_series: path, line, name.';
