-- When conferences took place: the rows of data/conferences.csv.
create table conference (
    venue varchar not null,
    year integer not null,
    month integer not null check (month between 1 and 12),
    reference varchar not null,
    primary key (venue, year)
);
