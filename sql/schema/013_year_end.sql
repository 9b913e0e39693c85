-- The last commit of each year of a repository's life.
create table repository_history (
    unit_id varchar primary key,
    status varchar not null,
    message varchar,
    commits bigint,
    first_committed_at timestamp,
    last_committed_at timestamp,
    found_at timestamp not null
);

create table year_end (
    unit_id varchar not null,
    year integer not null,
    commit_id varchar not null,
    committed_at timestamp not null,
    found_at timestamp not null,
    primary key (unit_id, year)
);

-- The steps grow by one, and DuckDB cannot change a check.
create table new_outcome_status (
    status varchar not null,
    step varchar not null
    check (step in ('links', 'metadata', 'code', 'history', 'years', 'paper')),
    means varchar not null check (means in ('answer', 'gone', 'again', 'ends_run')),
    words varchar not null,
    primary key (step, status)
);
insert into new_outcome_status
select * from outcome_status;
drop table outcome_status;
alter table new_outcome_status rename to outcome_status;
