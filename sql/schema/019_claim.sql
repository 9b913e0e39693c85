-- Published claims about the frameworks of research, data/claims.csv and data/claim_numbers.csv.
create table claim (
    claim varchar not null primary key,
    title varchar not null,
    who varchar not null,
    published varchar not null,
    quote varchar not null,
    publication varchar not null,
    reference varchar not null,
    measured varchar not null,
    definition varchar not null,
    difference varchar not null,
    answer varchar not null
);

create table claim_number (
    claim varchar not null,
    part varchar not null,
    rule varchar,
    claimed double,
    primary key (claim, part)
);
