-- One row per scan: whether its TensorFlow code is 1.x or 2.x, and in graph or eager style. There
-- are three kinds of evidence for the variant, in this order. The first kind that is found decides:
-- 1. Names that only one variant has. A file votes for the variant of which it uses more names. The
--    vote has the weight of the file's vote for TensorFlow.
-- 2. Versions that lists of packages and notebooks require. A list has the weight of its role.
-- 3. Names that both variants have, but that mostly code for one of them uses: tf.keras.layers.
--    Files vote as in 1.
-- Files vote on the style as in 1, by all names. The variant and the style with the larger sums
-- win. Ties, in a file and in a scan: 1.x and graph. The evidence is the first line that names the
-- variant or style; on one line, the first name in alphabetical order.
create or replace view repo_variant as
with meant as materialized (
    select
        taken_name.scan_id,
        taken_name.path,
        taken_name.line,
        taken_name.name,
        starts_with(taken_name.name, 'tensorflow==') as is_version,
        api_meaning.variant,
        api_meaning.style,
        api_meaning.in_both
    from taken_name
    inner join api_meaning using (name)
    where api_meaning.variant is not null or api_meaning.style is not null
),

named as (
    select
        meant.*,
        vote.weight
    from meant
    inner join family_vote as vote using (scan_id, path)
    where vote.family = 'tensorflow' and not meant.is_version
),

-- the answers of a file or a list of packages, each with the number of its step
said as (
    select
        scan_id,
        path,
        weight,
        case when in_both then 3 else 1 end as step,
        variant as answer,
        count(distinct name) as names,
        arg_min({'path': path, 'line': line, 'name': name}, (line, name)) as proof
    from named
    where variant is not null
    group by scan_id, path, weight, in_both, variant
    union all
    select
        scan_id,
        path,
        weight,
        0 as step,
        style as answer,
        count(distinct name) as names,
        arg_min({'path': path, 'line': line, 'name': name}, (line, name)) as proof
    from named
    where style is not null
    group by scan_id, path, weight, style
    union all
    select
        meant.scan_id,
        meant.path,
        vote_weight.weight,
        2 as step,
        meant.variant as answer,
        1 as names,
        arg_min({'path': meant.path, 'line': meant.line, 'name': meant.name}, meant.line) as proof
    from meant
    inner join vote_weight on role_of(meant.path) = vote_weight.circumstance
    where meant.is_version
    group by all
),

-- a file has one vote in each step
votes as (
    select *
    from said
    qualify row_number() over (
        partition by scan_id, path, step
        order by names desc, answer in ('2.x', 'eager')
    ) = 1
),

answers as (
    select
        scan_id,
        step,
        answer,
        sum(weight) as score,
        sum(sum(weight)) over (partition by scan_id, step) as total,
        arg_min(proof, (-weight, path), 5) as evidence
    from votes
    group by scan_id, step, answer
),

winners as (
    select *
    from answers
    qualify row_number() over (
        partition by scan_id, step
        order by score desc, answer in ('2.x', 'eager')
    ) = 1
),

scans as (
    select distinct scan_id
    from family_vote
    where family = 'tensorflow'
),

variants as (
    select *
    from winners
    where step > 0
    qualify row_number() over (partition by scan_id order by step) = 1
)

select
    scans.scan_id,
    variants.answer as variant,
    styles.answer as style,
    (variants.score / variants.total)::double as dominance,
    variants.evidence,
    styles.evidence as style_evidence
from scans
left join variants on scans.scan_id = variants.scan_id
left join winners as styles on scans.scan_id = styles.scan_id and styles.step = 0;

comment on view repo_variant is
'One row per scan with a file that votes for TensorFlow: the variant and style of its TensorFlow '
'code.';
comment on column repo_variant.scan_id is 'The scan: scan.scan_id.';
comment on column repo_variant.variant is
'1.x or 2.x: by names that only one variant has, else by the versions that the repository '
'requires, else by names that both variants have but mostly code for one of them uses. Null '
'without such evidence.';
comment on column repo_variant.style is
'graph (build a graph, then run it in a session) or eager (imperative). Null if no file uses a '
'name that shows a style.';
comment on column repo_variant.dominance is
'Share of the winning variant in the weight of both, 0.5 to 1. Null where variant is null.';
comment on column repo_variant.evidence is
'Up to five names or versions that show the variant, one per file, the largest weights first: '
'path, line, name. Null where variant is null.';
comment on column repo_variant.style_evidence is
'Up to five names that show the style, as in evidence. Null where style is null.';
