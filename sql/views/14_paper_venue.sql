-- Venues by one name each: sources write "NeurIPS 2019 12", "nips", "ICLR.cc/2021/Conference".
create or replace view paper_venue as
with known (pattern, venue) as (
    values
    ('neurips|nips', 'NeurIPS'), ('iclr', 'ICLR'), ('icml', 'ICML'), ('cvpr', 'CVPR'),
    ('iccv', 'ICCV'), ('eccv', 'ECCV'), ('wacv', 'WACV'), ('acl', 'ACL'), ('naacl', 'NAACL'),
    ('emnlp', 'EMNLP'), ('coling', 'COLING'), ('aaai', 'AAAI'), ('ijcai', 'IJCAI'),
    ('aistats', 'AISTATS'), ('uai', 'UAI'), ('colt', 'COLT'), ('corl', 'CoRL'), ('kdd', 'KDD'),
    ('icassp', 'ICASSP'), ('interspeech', 'Interspeech'), ('miccai', 'MICCAI'), ('joss', 'JOSS')
),

named as (
    select
        paper_id,
        trim(regexp_extract(venue, '^(.*?)\W*((19|20)\d\d.*)?$', 1)) as name
    from paper
    where venue is not null
)

select
    named.paper_id,
    coalesce(min(known.venue), min(named.name)) as venue
from named
left join known on regexp_full_match(named.name, '(?i)(' || known.pattern || ')(\.cc)?')
where named.name <> ''
group by named.paper_id;

comment on view paper_venue is 'One row per paper whose venue a source names, by one name for each venue, without its year.';
comment on column paper_venue.paper_id is 'The paper: paper.paper_id.';
comment on column paper_venue.venue is 'Venue: NeurIPS, ICLR, ...; as the source writes it where it is none of the well-known ones.';
