comment on table conference is
'One row per conference whose month is known, data/conferences.csv.';
comment on column conference.venue is 'The venue: venue.venue.';
comment on column conference.year is 'Year of the conference, as in its name.';
comment on column conference.month is
'Month in which it began. For IJCAI 2020, which took place in January 2021, the month of its '
'proceedings.';
comment on column conference.reference is 'Page of the conference or of its proceedings.';
