-- What the names that code takes from a library of several frameworks mean, and which names of
-- TensorFlow both of its variants have.
create table library_name (
    library varchar not null,
    rank integer not null,
    pattern varchar not null,
    framework varchar not null,
    meaning varchar not null,
    primary key (library, rank)
);

alter table framework_api add column in_both boolean;
alter table confidence_level add column vote_from decimal(3, 2);
alter table confidence_level add column code_share_from decimal(3, 2);
