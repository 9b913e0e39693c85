-- Which commit of a repository is the code of a paper, and since when frameworks exist.
create table paper_commit (
    paper_id varchar not null,
    unit_id varchar not null,
    asked_until timestamp,
    commit_id varchar,
    committed_at timestamp,
    status varchar not null,
    message varchar,
    notes varchar[],
    lag_days integer,
    first_committed_at timestamp,
    found_at timestamp not null,
    primary key (paper_id, unit_id)
);

create table framework_release (
    framework varchar not null,
    variant varchar,
    released_on date not null,
    precision varchar not null check (precision in ('day', 'month', 'year')),
    what varchar not null,
    reference varchar not null
);

create table history_note (
    note varchar primary key,
    words varchar not null
);

-- A scan of an older commit says nothing about the newest one.
alter table scan add column is_head boolean default true;

-- The steps grow by one, and DuckDB cannot change a check.
create table new_outcome_status (
    status varchar not null,
    step varchar not null check (step in ('links', 'metadata', 'code', 'history', 'paper')),
    means varchar not null check (means in ('answer', 'gone', 'again', 'ends_run')),
    words varchar not null,
    primary key (step, status)
);
insert into new_outcome_status
select * from outcome_status;
drop table outcome_status;
alter table new_outcome_status rename to outcome_status;
