-- What a vote weighs, what a path says of a file and how sure a label is stand once: in data/.
create table vote_weight (
    circumstance varchar primary key,
    weight decimal(3, 2) not null check (weight between 0 and 1),
    why varchar
);

create table path_role (
    role varchar not null,
    pattern varchar not null,
    meaning varchar not null,
    primary key (role, pattern)
);

create table confidence_level (
    confidence varchar primary key,
    weight_from decimal(3, 2) not null,
    share_from decimal(3, 2) not null unique,
    meaning varchar not null
);
