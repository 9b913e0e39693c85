-- What a published file was made of: it travels with the file and its exports.
create table manifest (
    part varchar not null,
    name varchar not null,
    value varchar not null,
    primary key (part, name)
);
