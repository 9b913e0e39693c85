-- The drawn repositories of a recorded sample, with the stratum and the weight of each.
create table sample_repository (
    repository varchar primary key,
    stratum varchar not null,
    year integer not null,
    place bigint not null,
    cell_size bigint not null,
    weight double not null,
    outcome varchar
);
