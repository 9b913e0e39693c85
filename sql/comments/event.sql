comment on table event is
'One row per release or turning point that the charts mark, data/events.csv.';
comment on column event.happened_on is 'Day of the event.';
comment on column event.title is 'The event in a few words.';
comment on column event.framework is 'The framework concerned. Null where there is no single one.';
comment on column event.reference is 'Address of a document that gives the date.';
