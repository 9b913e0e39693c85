-- One row per year and kind of move: how many repositories made it.
create or replace view migration_by_year as
select
    year(to_at) as year,
    from_series,
    to_series,
    count(distinct unit_id) as repositories
from framework_migration
group by all
order by all;

comment on view migration_by_year is
'One row per year and kind of move: the number of repositories with this move.';
comment on column migration_by_year.year is
'Year of the first judged commit after the move: framework_migration.to_at.';
comment on column migration_by_year.from_series is
'The series before the move: framework_migration.from_series.';
comment on column migration_by_year.to_series is
'The series after the move: framework_migration.to_series.';
comment on column migration_by_year.repositories is
'Repositories that made this move in this year.';
