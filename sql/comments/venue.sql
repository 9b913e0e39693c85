comment on table venue is 'One row per well-known venue, data/venues.csv.';
comment on column venue.venue is 'Its name in every view.';
comment on column venue.pattern is
'Regular expression (RE2) for all names that sources give it, without the year, in any case.';
comment on column venue.area is 'Research area: general, learning, nlp, robotics or vision.';
