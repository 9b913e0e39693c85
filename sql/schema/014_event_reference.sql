-- "source" means a paper source. The address that gives the date of an event is its reference. The
-- file data/events.csv fills the table again.
drop table event;
create table event (
    happened_on date not null,
    title varchar not null,
    framework varchar,
    reference varchar not null,
    primary key (happened_on, title)
);
