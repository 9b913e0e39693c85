-- PyTorch's share by field of the venue and year.
create or replace view share_by_area as
select
    place as area,
    * exclude (place)
from share_in('area')
order by all;

comment on view share_by_area is
'PyTorch''s share among the papers of a field and year with PyTorch or TensorFlow code.';
comment on column share_by_area.area is
'Field of the venue: nlp, vision, learning, robotics or general.';
comment on column share_by_area.year is 'Year of the paper''s first public date.';
comment on column share_by_area.papers is 'Papers with PyTorch code.';
comment on column share_by_area.n is 'Papers with PyTorch or TensorFlow code.';
comment on column share_by_area.share is 'papers / n.';
comment on column share_by_area.share_low is 'Lower end of the Wilson 95% interval.';
comment on column share_by_area.share_high is 'Upper end of the Wilson 95% interval.';
