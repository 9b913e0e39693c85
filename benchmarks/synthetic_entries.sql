-- What the search and the entries show of the papers of synthetic_papers.sql: titles of ten words, of
-- which the first are as frequent as in real titles; 1.3 repositories a paper, and 600 each for a few
-- papers; two scans a repository, with lines of up to three frameworks.
create or replace macro draw(many, thing, number) as (hash(thing, number) % many)::bigint;

create table synthetic_word as
with named as (
    select
        i as rank,
        [
            'for', 'of', 'learning', 'deep', 'with', 'a', 'neural', 'networks', 'and', 'in', 'the',
            'via', 'from', 'image', 'on', 'to', 'network', 'generation', 'models', 'using', 'data',
            'detection', 'graph', 'adversarial', 'language', 'attention', 'semantic', 'video',
            'segmentation', 'training', 'towards', 'representation', 'recognition', 'self',
            'supervised', 'domain', 'object', 'multi', 'reinforcement', 'adaptation'
        ] as frequent,
        [
            'con', 're', 'de', 'tra', 'si', 'mo', 'pre', 'la', 'tion', 'ne', 'ver', 'li', 'sa', 'in',
            'per', 'mul', 'ti', 'gra', 'co', 'dis', 'en', 'pro', 'ma', 'ni', 'ar', 'ge', 'un', 'form'
        ] as syllables
    from range(1, 60001) as ranks (i)
)

select
    rank,
    coalesce(
        frequent[rank],
        syllables[1 + draw(28, rank, 0)] || syllables[1 + draw(28, rank, 1)]
        || syllables[1 + draw(28, rank, 2)] || if(rank > 5000, syllables[1 + rank % 28], '')
    ) as word
from named;

-- the rank of a word is log-uniform: half as frequent at twice the rank
insert into paper
with papers as (
    select
        distinct paper_id,
        day,
        venue
    from synthetic_paper
    where time_axis = 'paper'
),

places as (
    select
        paper_id,
        unnest(range(10)) as place
    from papers
),

titles as (
    select
        places.paper_id,
        string_agg(synthetic_word.word, ' ' order by places.place) as title
    from places
    inner join synthetic_word
        on floor(exp(draw(1000000, places.paper_id, places.place) / 1000000 * ln(60000)))
        = synthetic_word.rank
    group by places.paper_id
)

select
    'arxiv:' || strftime(day, '%y%m') || '.' || lpad(paper_id[2:], 6, '0') as paper_id,
    title,
    day,
    'day' as date_precision,
    venue,
    year(day) as venue_year,
    strftime(day, '%y%m') || '.' || lpad(paper_id[2:], 6, '0') as arxiv_id,
    null as doi,
    now()::timestamp as seen_at
from papers
inner join titles using (paper_id);

insert into paper_link by name
with linked as (
    select
        paper_id,
        title,
        unnest(range(case
            when draw(15000, paper_id, 0) = 0 then 600
            when draw(4, paper_id, 1) = 0 then 2
            else 1
        end)) as place
    from paper
),

named as (
    select
        paper_id,
        replace(title[:12], ' ', '') || draw(90000, paper_id, place) as owner,
        replace(title[20:50], ' ', '_') || '-' || place as name,
        place
    from linked
)

select
    paper_id,
    'pwc' as source,
    'https://github.com/' || owner || '/' || name as raw_link,
    'github.com/' || owner || '/' || name as unit_id,
    'github.com' as host,
    owner,
    name,
    '' as subdir,
    [] as flags,
    place = 0 as is_official,
    ['pytorch', 'tf', null][1 + draw(3, name, 0)] as source_label,
    (power(10, draw(1000, owner, 0) / 250) - 1)::bigint as source_stars,
    now()::timestamp as seen_at
from named;

insert into scan by name
select
    unit_id || moment as scan_id,
    unit_id,
    any_value(host) as host,
    any_value(owner) as owner,
    any_value(name) as name,
    '' as subdir,
    sha1(unit_id || moment) as commit_id,
    timestamp '2021-01-01' as committed_at,
    'ok' as status,
    40 as files_seen,
    30 as files_scanned,
    0 as files_skipped,
    90000 as bytes_scanned,
    '1' as scanner_version,
    now()::timestamp as scanned_at,
    moment = 'now' as is_head
from paper_link
cross join (values ('then'), ('now')) as moments (moment)
group by unit_id, moment;

create table synthetic_label as
select
    scan_id,
    unit_id,
    commit_id,
    ['pytorch', 'pytorch', 'tensorflow', 'jax'][1 + draw(4, scan_id, 0)] as label
from scan;

create or replace view repo_label as
select
    *,
    label as family,
    if(label = 'tensorflow', '1.x', null) as variant,
    'eager' as style,
    0.87 as dominance,
    'imported' as basis,
    'high' as confidence,
    null::integer as correction_row
from synthetic_label;

create or replace view paper_scan as
select distinct
    paper_link.paper_id,
    paper_link.unit_id,
    if(scan.is_head, 'now', 'then') as moment,
    scan.scan_id,
    scan.status,
    scan.committed_at,
    123 as lag_days,
    paper_link.is_official,
    true as is_of_time
from paper_link
inner join scan using (unit_id);

create or replace view repo_framework as
select
    synthetic_label.scan_id,
    frameworks.framework,
    frameworks.framework as family,
    9 as files,
    31 as imports,
    9.0::decimal(18, 6) as score,
    list_transform(
        range(5),
        lambda i: {
            'path': 'source/' || frameworks.framework || '/models/layers_of_encoder_' || i || '.py',
            'line': (17 * i + draw(200, synthetic_label.scan_id, i))::integer,
            'module': frameworks.framework || '.nn.functional'
        }
    ) as evidence
from synthetic_label
cross join (values ('pytorch', 0), ('tensorflow', 6), ('jax', 8)) as frameworks (framework, least)
where
    synthetic_label.label = frameworks.framework
    or draw(10, synthetic_label.scan_id, 9) > frameworks.least;

create or replace view lowered_import as
select
    scan_id,
    label as framework,
    'the path belongs to tests, examples or documents' as why,
    12 as imports,
    0.25::decimal(7, 6) as weight,
    {'path': 'tests/layers/test_encoder.py', 'line': 3, 'module': label || '.nn'} as first
from synthetic_label;

create or replace view label_agreement as
select
    paper_link.unit_id,
    null::varchar as scan_id,
    0.87 as dominance,
    paper_link.source,
    paper_link.source_label,
    true as agrees,
    null::varchar as verdict,
    null::varchar as reason,
    'pytorch' as source_family,
    'pytorch' as family,
    'pytorch' as label,
    'high' as confidence,
    paper_link.paper_id
from paper_link
where false;
