-- The site's filter names languages. The names stood in its Python.
create table language (
    language varchar primary key,
    name varchar not null
);
