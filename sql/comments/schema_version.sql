comment on table schema_version is 'One row per applied migration.';
comment on column schema_version.version is 'Number of the migration.';
comment on column schema_version.file is 'Its file in sql/schema.';
