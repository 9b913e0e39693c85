-- One row per scan: whether its TensorFlow code is 1.x or 2.x, and in graph or eager style. A file
-- votes for the variant with more of the file's names, and likewise for the style. The vote has the
-- weight of the file's vote for TensorFlow. The variant and style with the larger sums win. Ties,
-- in a file and in a scan: 1.x and graph. The proof is the first line that names the variant; on
-- one line, the first name in alphabetical order.
create or replace view repo_variant as
with files as (
    select
        named.scan_id,
        named.path,
        vote.weight,
        count(distinct named.name) filter (where api_meaning.variant = '1.x') as names_1,
        count(distinct named.name) filter (where api_meaning.variant = '2.x') as names_2,
        count(distinct named.name) filter (where api_meaning.style = 'graph') as names_graph,
        count(distinct named.name) filter (where api_meaning.style = 'eager') as names_eager,
        arg_min(
            {'path': named.path, 'line': named.line, 'name': named.name},
            (named.line, named.name)
        ) filter (where api_meaning.variant = '1.x') as proof_1,
        arg_min(
            {'path': named.path, 'line': named.line, 'name': named.name},
            (named.line, named.name)
        ) filter (where api_meaning.variant = '2.x') as proof_2
    from tensorflow_name as named
    inner join api_meaning on named.name = api_meaning.name
    inner join family_vote as vote
        on named.scan_id = vote.scan_id and named.path = vote.path and vote.family = 'tensorflow'
    group by named.scan_id, named.path, vote.weight
),

votes as (
    select
        scan_id,
        coalesce(sum(weight) filter (where names_1 > 0 and names_1 >= names_2), 0) as score_1,
        coalesce(sum(weight) filter (where names_2 > names_1), 0) as score_2,
        coalesce(sum(weight) filter (where names_graph > 0 and names_graph >= names_eager), 0)
            as score_graph,
        coalesce(sum(weight) filter (where names_eager > names_graph), 0) as score_eager,
        list(proof_1 order by weight desc, path) filter (where names_1 > 0 and names_1 >= names_2)
            as evidence_1,
        list(proof_2 order by weight desc, path) filter (where names_2 > names_1) as evidence_2
    from files
    group by scan_id
)

select
    scan_id,
    case
        when score_1 + score_2 = 0 then null
        when score_1 >= score_2 then '1.x'
        else '2.x'
    end as variant,
    case
        when score_graph + score_eager = 0 then null
        when score_graph >= score_eager then 'graph'
        else 'eager'
    end as style,
    greatest(score_1, score_2) / nullif(score_1 + score_2, 0) as dominance,
    (case when score_1 >= score_2 then evidence_1 else evidence_2 end)[:5] as evidence
from votes;

comment on view repo_variant is
'One row per scan with a file that votes for TensorFlow and uses a name in framework_api: the '
'variant and style of its TensorFlow code.';
comment on column repo_variant.scan_id is 'The scan: scan.scan_id.';
comment on column repo_variant.variant is
'1.x or 2.x, by the files'' votes. Null where no file uses a name of one variant alone.';
comment on column repo_variant.style is
'graph (build a graph, then run it in a session) or eager (imperative). Null where no file uses a '
'name of one style.';
comment on column repo_variant.dominance is
'Share of the winning variant in the weight of both, 0.5 to 1. Null where variant is null.';
comment on column repo_variant.evidence is
'Up to five names that prove the variant, one a file, the largest weights first: path, line, '
'name. Null where variant is null.';
