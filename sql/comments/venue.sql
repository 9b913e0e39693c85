comment on table venue is 'One row per venue that has one name here, data/venues.csv.';
comment on column venue.venue is 'Its name in every view.';
comment on column venue.pattern is
    'Regular expression (RE2) of the names that sources give it, without the year; upper and lower '
    'case are one.';
comment on column venue.area is 'Research area: general, learning, nlp, robotics or vision.';
