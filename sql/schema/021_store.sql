-- Which database this is. The published file remembers it, and a run adds new scans to a published file
-- of the same database only.
insert into progress_mark
values ('store', uuid()::varchar, make_timestamp(epoch_us(now())));
