-- The same share by conference, and beside it what others counted.
create or replace view share_by_venue as
select
    place as venue,
    * exclude (place)
from share_in('venue')
order by all;

comment on view share_by_venue is
'PyTorch''s share among the papers of a venue and year with PyTorch or TensorFlow code.';
comment on column share_by_venue.venue is 'Venue: paper_venue.venue.';
comment on column share_by_venue.year is 'Year of the paper''s first public date.';
comment on column share_by_venue.papers is 'Papers with PyTorch code.';
comment on column share_by_venue.n is 'Papers with PyTorch or TensorFlow code.';
comment on column share_by_venue.share is 'papers / n.';
comment on column share_by_venue.share_low is 'Lower end of the Wilson 95% interval.';
comment on column share_by_venue.share_high is 'Upper end of the Wilson 95% interval.';

-- One row per venue and year that he or we counted: his share beside ours.
create or replace view he2019_comparison as
with he as (
    select
        conference as venue,
        year,
        pytorch,
        pytorch + tensorflow as mentions
    from he2019
)

select
    venue,
    year,
    he.pytorch / nullif(he.mentions, 0) as he_share,
    he.mentions as he_mentions,
    share_by_venue.share,
    share_by_venue.share_low,
    share_by_venue.share_high,
    share_by_venue.papers,
    share_by_venue.n
from he
full join share_by_venue using (venue, year)
order by all;

comment on view he2019_comparison is
'PyTorch''s share by venue and year: in the imports of papers'' code (ours), and in the text of '
'the papers (Horace He''s counts of mentions). In his counts, a paper that mentions both '
'frameworks counts for both.';
comment on column he2019_comparison.venue is 'Venue.';
comment on column he2019_comparison.year is 'Year.';
comment on column he2019_comparison.he_share is
'He: mentions of PyTorch / mentions of PyTorch or TensorFlow. Null without a mention.';
comment on column he2019_comparison.he_mentions is 'He: mentions of PyTorch or TensorFlow.';
comment on column he2019_comparison.share is 'Ours: share_by_venue.share.';
comment on column he2019_comparison.share_low is 'Ours: lower end of the 95% interval.';
comment on column he2019_comparison.share_high is 'Ours: upper end of the 95% interval.';
comment on column he2019_comparison.papers is 'Ours: papers with PyTorch code.';
comment on column he2019_comparison.n is 'Ours: papers with PyTorch or TensorFlow code.';
