-- TensorFlow 1.x or 2.x, graph or eager: one row per scan with names that tell.
-- A file votes for the variant of which it has more distinct names (and likewise for the
-- style), with the weight of its best TensorFlow import; the scan is what its files are.
-- Ties: 1.x and graph, in a file and in a scan alike. Of a file's names the one on the first line
-- proves it; of two on one line, the first by the alphabet.
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
    (case when score_1 >= score_2 then evidence_1 else evidence_2 end)[1:5] as evidence
from votes;

comment on view repo_variant is 'One row per scan whose code names something that only TensorFlow 1.x or 2.x has: the variant and style of its TensorFlow code.';
comment on column repo_variant.scan_id is 'The scan: scan.scan_id.';
comment on column repo_variant.variant is '1.x or 2.x, by the files'' votes; null where nothing tells.';
comment on column repo_variant.style is 'graph (build first, run in a session) or eager (imperative); null where nothing tells.';
comment on column repo_variant.dominance is 'Share of the winning variant in the weight of both, 0.5 to 1.';
comment on column repo_variant.evidence is 'Up to five names that prove it, one a file, the weightiest files first: path, line, name.';
