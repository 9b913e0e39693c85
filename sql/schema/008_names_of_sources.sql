-- What paper sources call venues and frameworks stands once: in data/.
create table venue (
    venue varchar primary key,
    pattern varchar not null,
    area varchar not null check (area in ('general', 'learning', 'nlp', 'robotics', 'vision'))
);

create table source_label (
    source_label varchar primary key,
    family varchar not null,
    other_family varchar
);
