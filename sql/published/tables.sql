-- How a published file holds imports and votes: paths, modules and circumstances once, and numbers in
-- their place. The views in this folder give them the columns of import_fact and framework_import.
-- Files and imports are in the order of their numbers, so the rows of one scan lie together.
create schema stored;

create table stored.basis (
    name varchar,
    value varchar
);
comment on table stored.basis is
'One row per value that shows from which data and rules the other tables of this schema were made.';
comment on column stored.basis.name is
'store (progress_mark), layout (hash of these tables), rules of a part (hash of its rules), or scans '
'with a part (number of the last scan that has it). The parts are imports and votes.';
comment on column stored.basis.value is 'The value.';

create table stored.scan_number (
    scan_no integer,
    scan_id varchar
);
comment on table stored.scan_number is 'One row per scan, numbered in the order of arrival.';
comment on column stored.scan_number.scan_no is 'Number of the scan.';
comment on column stored.scan_number.scan_id is 'The scan: scan.scan_id.';

create table stored.scan_file (
    file_no integer,
    scan_no integer,
    path varchar using compression zstd
);
comment on table stored.scan_file is
'One row per file of a scan that imports a module or uses a name of a library.';
comment on column stored.scan_file.file_no is 'Number of the file.';
comment on column stored.scan_file.scan_no is 'Its scan: scan_number.scan_no.';
comment on column stored.scan_file.path is 'Path of the file: import_fact.path.';

create table stored.mention (
    mention_no integer,
    language varchar,
    module varchar,
    kind varchar,
    is_imported boolean
);
comment on table stored.mention is
'One row per module or name, language and kind of import, in all scans together.';
comment on column stored.mention.mention_no is 'Number of the mention.';
comment on column stored.mention.language is 'Language: import_fact.language.';
comment on column stored.mention.module is 'Module or name: import_or_name.module.';
comment on column stored.mention.kind is 'Kind: import_or_name.kind.';
comment on column stored.mention.is_imported is
'Whether an import mentions it. Else only names that code uses do.';

create table stored.import_line (
    file_no integer,
    line integer,
    mention_no integer
);
comment on table stored.import_line is 'One row per import: a row of import_fact.';
comment on column stored.import_line.file_no is 'The file: scan_file.file_no.';
comment on column stored.import_line.line is 'Line: import_fact.line.';
comment on column stored.import_line.mention_no is
'The module and the kind of the import: mention.mention_no.';

create table stored.circumstance (
    circumstance_no integer,
    framework varchar,
    family varchar,
    role varchar,
    is_local boolean,
    is_interoperability boolean,
    weight decimal(7, 6),
    why varchar
);
comment on table stored.circumstance is
'One row per framework and combination of circumstances that a vote has.';
comment on column stored.circumstance.circumstance_no is 'Number of the combination.';
comment on column stored.circumstance.framework is 'framework_import.framework.';
comment on column stored.circumstance.family is 'framework_import.family.';
comment on column stored.circumstance.role is 'framework_import.role.';
comment on column stored.circumstance.is_local is 'framework_import.is_local.';
comment on column stored.circumstance.is_interoperability is
'framework_import.is_interoperability.';
comment on column stored.circumstance.weight is 'framework_import.weight.';
comment on column stored.circumstance.why is 'framework_import.why.';

create table stored.vote_line (
    file_no integer,
    line integer,
    mention_no integer,
    circumstance_no integer
);
comment on table stored.vote_line is
'One row per import or name that belongs to a framework: a row of framework_import.';
comment on column stored.vote_line.file_no is 'The file: scan_file.file_no.';
comment on column stored.vote_line.line is 'Line: framework_import.line.';
comment on column stored.vote_line.mention_no is 'The import or name: mention.mention_no.';
comment on column stored.vote_line.circumstance_no is
'Framework and weight: circumstance.circumstance_no.';
