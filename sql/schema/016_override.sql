-- Values that a person corrected: the rows of data/overrides.csv or of the file in
-- ADOPTION_OVERRIDES. The facts stay as they are.
create table override (
    csv_row integer primary key,
    kind varchar not null check (kind in ('link', 'date', 'venue', 'label')),
    item varchar not null,
    old varchar,
    new varchar,
    reason varchar not null,
    author varchar not null,
    decided_on date not null,
    unit_id varchar,
    host varchar,
    owner varchar,
    name varchar,
    ref varchar,
    subdir varchar,
    published_on date,
    date_precision varchar
);
