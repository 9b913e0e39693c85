-- The same share by conference, and beside it what others counted.
create or replace view share_by_venue as
with counted as (
    select
        dated_paper.venue,
        year(dated_paper.day) as year,
        count(*) filter (where dated_paper.family = 'pytorch') as papers,
        count(*) as n
    from dated_paper
    inner join denominator on dated_paper.family = denominator.family
    where
        dated_paper.time_axis = 'paper'
        and denominator.denominator = 'pytorch_tensorflow'
        and dated_paper.venue is not null
    group by all
)

select
    venue,
    year,
    papers,
    n,
    papers / n as share,
    wilson_low(papers, n) as share_low,
    wilson_high(papers, n) as share_high
from counted
order by all;

comment on view share_by_venue is
'PyTorch''s share among the papers of a venue and year with PyTorch or TensorFlow code.';
comment on column share_by_venue.venue is 'Venue: paper_venue.venue.';
comment on column share_by_venue.year is 'Year of the paper''s first public date.';
comment on column share_by_venue.papers is 'Papers with PyTorch code.';
comment on column share_by_venue.n is 'Papers with PyTorch or TensorFlow code.';
comment on column share_by_venue.share is 'papers / n.';
comment on column share_by_venue.share_low is 'Lower end of the Wilson 95 % interval.';
comment on column share_by_venue.share_high is 'Upper end of the Wilson 95 % interval.';

create or replace view he2019_comparison as
select
    coalesce(he2019.conference, share_by_venue.venue) as venue,
    coalesce(he2019.year, share_by_venue.year) as year,
    he2019.pytorch / nullif(he2019.pytorch + he2019.tensorflow, 0) as he_share,
    he2019.pytorch + he2019.tensorflow as he_mentions,
    share_by_venue.share,
    share_by_venue.share_low,
    share_by_venue.share_high,
    share_by_venue.papers,
    share_by_venue.n
from he2019
full join share_by_venue
    on he2019.conference = share_by_venue.venue and he2019.year = share_by_venue.year
order by all;

comment on view he2019_comparison is
'PyTorch''s share by venue and year: in the imports of papers'' code (ours), and in the words of '
'the papers (Horace He''s counts of mentions, a paper that names both counts for both).';
comment on column he2019_comparison.venue is 'Venue.';
comment on column he2019_comparison.year is 'Year.';
comment on column he2019_comparison.he_share is
'He: mentions of PyTorch / mentions of PyTorch or TensorFlow. Null without a mention.';
comment on column he2019_comparison.he_mentions is 'He: mentions of either.';
comment on column he2019_comparison.share is 'Ours: share_by_venue.share.';
comment on column he2019_comparison.share_low is 'Ours: lower end of the 95 % interval.';
comment on column he2019_comparison.share_high is 'Ours: upper end of the 95 % interval.';
comment on column he2019_comparison.papers is 'Ours: papers with PyTorch code.';
comment on column he2019_comparison.n is 'Ours: papers with PyTorch or TensorFlow code.';
