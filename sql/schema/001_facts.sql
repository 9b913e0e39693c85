-- The raw facts: what papers claim, what repositories are, what their source imports.
-- Answers (labels, shares, coverage) are views over these tables; see sql/views/.

create table paper (
    paper_id varchar primary key,
    title varchar,
    published_on date,
    date_precision varchar check (date_precision in ('day', 'month', 'year')),
    venue varchar,
    venue_year integer,
    arxiv_id varchar,
    doi varchar,
    seen_at timestamp not null
);
comment on table paper is 'One row per paper.';
comment on column paper.paper_id is 'arxiv:<id without version> where there is an arXiv id, else <source>:<id given by the source>.';
comment on column paper.title is 'Title as the source gives it.';
comment on column paper.published_on is 'First public date. With precision month or year, the first day of that month or year.';
comment on column paper.date_precision is 'How exact published_on is: day, month or year. Null when the date is unknown.';
comment on column paper.venue is 'Conference or journal, as the source names it.';
comment on column paper.venue_year is 'Year of the venue.';
comment on column paper.arxiv_id is 'arXiv id without version, for example 2101.00001 or cs/0112017.';
comment on column paper.doi is 'Digital object identifier.';
comment on column paper.seen_at is 'When a source last gave this paper (UTC).';

create table paper_link (
    paper_id varchar not null,
    source varchar not null,
    raw_link varchar not null,
    unit_id varchar,
    host varchar,
    owner varchar,
    name varchar,
    ref varchar,
    subdir varchar,
    flags varchar[],
    problem varchar,
    problem_message varchar,
    is_official boolean,
    source_label varchar,
    seen_at timestamp not null,
    primary key (paper_id, source, raw_link)
);
comment on table paper_link is 'One row per claim by one source that the code of a paper is at a link.';
comment on column paper_link.paper_id is 'The paper: paper.paper_id.';
comment on column paper_link.source is 'Where the claim comes from: pwc (Papers with Code archive), csv (a list of one''s own), ...';
comment on column paper_link.raw_link is 'The link exactly as the source gives it.';
comment on column paper_link.unit_id is 'The unit of analysis the link points at: host/owner/name in lower case, then :subdirectory if any, then @ref if any. Null when the link is unusable.';
comment on column paper_link.host is 'Host of the repository, in lower case.';
comment on column paper_link.owner is 'Owner as written in the link.';
comment on column paper_link.name is 'Repository name as written in the link.';
comment on column paper_link.ref is 'Branch, tag or commit that the link names, if any.';
comment on column paper_link.subdir is 'Directory inside the repository, empty for the whole of it.';
comment on column paper_link.flags is 'What the link parser had to do or doubts: repaired, file_link, ...';
comment on column paper_link.problem is 'Why the link names no repository: owner_only, project_page, ... Null when it does.';
comment on column paper_link.problem_message is 'The problem in one sentence.';
comment on column paper_link.is_official is 'Whether the source says that the authors published this code.';
comment on column paper_link.source_label is 'The framework that the source claims, in the source''s own words.';
comment on column paper_link.seen_at is 'When the source last gave this link (UTC).';

create table scan (
    scan_id varchar primary key,
    unit_id varchar not null,
    host varchar not null,
    owner varchar not null,
    name varchar not null,
    subdir varchar not null,
    commit_id varchar,
    committed_at timestamp,
    status varchar not null,
    message varchar,
    files_seen bigint not null,
    files_scanned bigint not null,
    files_skipped bigint not null,
    bytes_scanned bigint not null,
    scanner_version varchar not null,
    scanned_at timestamp not null
);
comment on table scan is 'One row per scan of one (repository, subdirectory, commit). An attempt that found nothing to read is a row too.';
comment on column scan.scan_id is 'Hash of unit, commit and scanner version: the same scan done twice is one row.';
comment on column scan.unit_id is 'The unit scanned: paper_link.unit_id.';
comment on column scan.host is 'Host of the repository.';
comment on column scan.owner is 'Owner of the repository.';
comment on column scan.name is 'Name of the repository.';
comment on column scan.subdir is 'Directory that was scanned, empty for the whole repository.';
comment on column scan.commit_id is 'Commit whose files were scanned.';
comment on column scan.committed_at is 'Committer date of that commit (UTC).';
comment on column scan.status is 'ok; no_source (files, but none in a language that is read); empty (no files); not_found, no_commit, truncated, too_large, not_an_archive, blocked, timed_out, unreadable: could not be judged.';
comment on column scan.message is 'What happened, in one sentence, when status is not ok.';
comment on column scan.files_seen is 'Regular files in the unit.';
comment on column scan.files_scanned is 'Source files read whole.';
comment on column scan.files_skipped is 'Source files not read, or not read whole: see file_problem.';
comment on column scan.bytes_scanned is 'Bytes of the source files read.';
comment on column scan.scanner_version is 'Version of the scanner''s rules.';
comment on column scan.scanned_at is 'When the scan was made (UTC).';

create table import_fact (
    scan_id varchar not null,
    path varchar not null,
    line integer not null,
    module varchar not null,
    language varchar not null,
    kind varchar not null check (kind in ('static', 'guarded', 'dynamic', 'notebook', 'declared')),
    primary key (scan_id, path, line, module)
);
comment on table import_fact is 'One row per import of one module on one line of one file of a scan.';
comment on column import_fact.scan_id is 'The scan: scan.scan_id.';
comment on column import_fact.path is 'File, relative to the repository''s root.';
comment on column import_fact.line is 'Line of the import, from 1. In a notebook: the line in the concatenation of its code cells.';
comment on column import_fact.module is 'Module as written: torch.nn, .models (relative), torch/torch.h (C++).';
comment on column import_fact.language is 'python, lua, julia, r, cpp, java, matlab, swift, prototxt; package for a declared dependency.';
comment on column import_fact.kind is 'static; guarded (inside try or if); dynamic (by a call with a literal name); notebook (any import in a notebook); declared (a package that requirements, setup.py and the like ask for).';

create table api_use (
    scan_id varchar not null,
    path varchar not null,
    line integer not null,
    name varchar not null,
    primary key (scan_id, path, name)
);
comment on table api_use is 'One row per name that a file which imports TensorFlow takes from it: calls tell TensorFlow 1.x from 2.x, and graph style from eager style.';
comment on column api_use.scan_id is 'The scan: scan.scan_id.';
comment on column api_use.path is 'File, relative to the repository''s root.';
comment on column api_use.line is 'Line where the file first uses the name, counted as in import_fact.';
comment on column api_use.name is 'Name with at most three parts after tensorflow, whatever the file calls the module: tensorflow.compat.v1.placeholder.';

create table local_module (
    scan_id varchar not null,
    module varchar not null,
    language varchar not null,
    directory varchar not null,
    path varchar not null,
    primary key (scan_id, language, directory, module)
);
comment on table local_module is 'One row per module that the repository defines itself under a name it also imports: such an import may mean the local file, not the framework of that name.';
comment on column local_module.scan_id is 'The scan: scan.scan_id.';
comment on column local_module.module is 'Top-level name, for example keras.';
comment on column local_module.language is 'Language in which it can be imported.';
comment on column local_module.directory is 'Directory from which it can be imported, empty for the root.';
comment on column local_module.path is 'The file that defines it.';

create table file_problem (
    scan_id varchar not null,
    path varchar not null,
    problem varchar not null,
    message varchar not null,
    primary key (scan_id, path, problem)
);
comment on table file_problem is 'One row per file of a scan that was not read, or not read whole.';
comment on column file_problem.scan_id is 'The scan: scan.scan_id.';
comment on column file_problem.path is 'File or archive member as named there.';
comment on column file_problem.problem is 'too_large, broken_notebook, long_manifest, unsafe_path, unreadable, missing_blob, ...';
comment on column file_problem.message is 'What happened, in one sentence.';

create table framework_module (
    module varchar not null,
    language varchar not null,
    framework varchar not null,
    family varchar not null,
    note varchar,
    primary key (module, language)
);
comment on table framework_module is 'The taxonomy, data/frameworks.csv: which module means which framework. The longest matching prefix wins.';
comment on column framework_module.module is 'Module prefix: matches the module itself and everything below it.';
comment on column framework_module.language is 'Language in which the module is imported.';
comment on column framework_module.framework is 'Framework that the module is or stands on; null-framework prefixes (none) stop a shorter prefix from matching.';
comment on column framework_module.family is 'Framework with keras folded into tensorflow.';
comment on column framework_module.note is 'Why, where it is not obvious.';

create table event (
    happened_on date not null,
    title varchar not null,
    framework varchar,
    source varchar not null,
    primary key (happened_on, title)
);
comment on table event is 'Dated releases and turning points drawn on the charts: data/events.csv.';
comment on column event.happened_on is 'Day of the event.';
comment on column event.title is 'What happened, in a few words.';
comment on column event.framework is 'Framework concerned, if one.';
comment on column event.source is 'Where the date is documented.';

create table run (
    run_id varchar primary key,
    flow varchar not null,
    settings json not null,
    versions json not null,
    counts json,
    status varchar not null,
    started_at timestamp not null,
    ended_at timestamp
);
comment on table run is 'One row per run of a flow.';
comment on column run.run_id is 'Identifier of the run.';
comment on column run.flow is 'Name of the flow: links, source, publish, refresh.';
comment on column run.settings is 'Settings of the run, without secrets.';
comment on column run.versions is 'Versions of the project, Python and the main packages.';
comment on column run.counts is 'What the run did, by outcome.';
comment on column run.status is 'running, done or failed.';
comment on column run.started_at is 'Start (UTC).';
comment on column run.ended_at is 'End (UTC), null while running.';

create table outcome (
    run_id varchar not null,
    step varchar not null,
    item varchar not null,
    status varchar not null,
    message varchar,
    happened_at timestamp not null,
    primary key (run_id, step, item)
);
comment on table outcome is 'One row per item of a run and what became of it.';
comment on column outcome.run_id is 'The run: run.run_id.';
comment on column outcome.step is 'Stage of the run: links, source.';
comment on column outcome.item is 'The item: a unit, a raw link, a file.';
comment on column outcome.status is 'ok, or what went wrong, as in scan.status and paper_link.problem.';
comment on column outcome.message is 'What happened, in one sentence.';
comment on column outcome.happened_at is 'When (UTC).';

create table framework_api (
    name varchar primary key,
    generation varchar check (generation in ('1.x', '2.x')),
    style varchar check (style in ('graph', 'eager')),
    is_interoperability boolean not null
);
comment on table framework_api is 'What a name of TensorFlow says, data/framework_apis.csv. The longest matching prefix wins.';
comment on column framework_api.name is 'Name, or prefix of names, with the parts that api_use has.';
comment on column framework_api.generation is '1.x or 2.x where code of the other generation has no use for the name.';
comment on column framework_api.style is 'graph (build first, run in a session) or eager (imperative).';
comment on column framework_api.is_interoperability is 'Whether code of other frameworks uses the name: summaries for TensorBoard, reading data, files or checkpoints.';

create table adjudication (
    unit_id varchar not null,
    source varchar not null,
    verdict varchar not null check (verdict in ('ours', 'source', 'both', 'neither')),
    reason varchar not null,
    primary key (unit_id, source)
);
comment on table adjudication is 'Disagreements between our label and a source''s that a person has judged by the code, data/adjudications.csv.';
comment on column adjudication.unit_id is 'The unit.';
comment on column adjudication.source is 'Source of the other label: paper_link.source.';
comment on column adjudication.verdict is 'Whose label the code bears out: ours, source, both or neither.';
comment on column adjudication.reason is 'What in the code decides it.';
