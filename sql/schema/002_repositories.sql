-- Repositories as GitHub tells of them, what is needed to go on after a stop, and fact tables
-- that hold a hundred million rows: their rows belong to scans, which are written once and whole,
-- so they need no index of their own (docs/decisions/0005-facts-without-keys.md).

create table repo (
    repo_id bigint primary key,
    host varchar not null,
    owner varchar not null,
    name varchar not null,
    status varchar not null,
    message varchar,
    created_at timestamp,
    pushed_at timestamp,
    updated_at timestamp,
    archived_at timestamp,
    stars bigint,
    forks bigint,
    size_kb bigint,
    is_fork boolean,
    is_archived boolean,
    is_template boolean,
    is_disabled boolean,
    is_mirror boolean,
    is_private boolean,
    parent_id bigint,
    parent_name varchar,
    primary_language varchar,
    languages struct(name varchar, size_bytes bigint)[],
    licence varchar,
    topics varchar[],
    default_branch varchar,
    head_commit varchar,
    head_committed_at timestamp,
    commits bigint,
    api varchar not null,
    fetched_at timestamp not null
);
comment on table repo is 'One row per repository that GitHub has told about, by GitHub''s own number, which survives renames and transfers.';
comment on column repo.repo_id is 'GitHub''s numeric id (databaseId).';
comment on column repo.host is 'Host of the repository: github.com.';
comment on column repo.owner is 'Owner as GitHub writes it today.';
comment on column repo.name is 'Name as GitHub writes it today.';
comment on column repo.status is 'ok; empty (no commit); vanished (deleted or made private since); blocked (by GitHub, or for legal reasons). What else is in the row stays as last seen.';
comment on column repo.message is 'What happened, in one sentence, when status is not ok.';
comment on column repo.created_at is 'When the repository was created (UTC).';
comment on column repo.pushed_at is 'Last push to any branch (UTC).';
comment on column repo.updated_at is 'Last change of anything, stars and description included (UTC).';
comment on column repo.archived_at is 'When its owner archived it (UTC); null by REST, which does not tell.';
comment on column repo.stars is 'Stars when fetched.';
comment on column repo.forks is 'Forks in the whole network when fetched.';
comment on column repo.size_kb is 'Size of the whole history on GitHub''s disks, kilobytes; cached there, can be 0.';
comment on column repo.is_fork is 'Whether it is a fork.';
comment on column repo.is_archived is 'Whether its owner has archived it.';
comment on column repo.is_template is 'Whether it is a template.';
comment on column repo.is_disabled is 'Whether GitHub has disabled it.';
comment on column repo.is_mirror is 'Whether it mirrors a repository elsewhere.';
comment on column repo.is_private is 'Whether only the token''s owner sees it.';
comment on column repo.parent_id is 'The repository it was forked from: repo_id.';
comment on column repo.parent_name is 'owner/name of that repository.';
comment on column repo.primary_language is 'Language with the most bytes, says GitHub.';
comment on column repo.languages is 'Languages and their bytes at the head of the default branch, most first, at most 30; null by REST.';
comment on column repo.licence is 'SPDX id of the licence; NOASSERTION when GitHub does not recognise it.';
comment on column repo.topics is 'Topics its owner gave it, at most 30.';
comment on column repo.default_branch is 'Name of the default branch; null when there is no commit.';
comment on column repo.head_commit is 'Newest commit of the default branch; null by REST.';
comment on column repo.head_committed_at is 'Committer date of that commit (UTC).';
comment on column repo.commits is 'Commits on the default branch, where GitHub counted them in time.';
comment on column repo.api is 'Where the row comes from: graphql, or rest and its version.';
comment on column repo.fetched_at is 'When GitHub told this (UTC).';

create table repo_name (
    host varchar not null,
    name_key varchar not null,
    repo_id bigint not null,
    first_seen_at timestamp not null,
    last_seen_at timestamp not null,
    primary key (host, name_key, repo_id)
);
comment on table repo_name is 'One row per name under which a repository was seen. A name with two rows was taken over by another repository.';
comment on column repo_name.host is 'Host: github.com.';
comment on column repo_name.name_key is 'owner/name in lower case.';
comment on column repo_name.repo_id is 'The repository that answered to it: repo.repo_id.';
comment on column repo_name.first_seen_at is 'When it first did (UTC).';
comment on column repo_name.last_seen_at is 'When it last did (UTC).';

create table repo_lookup (
    host varchar not null,
    name_key varchar not null,
    repo_id bigint,
    status varchar not null,
    message varchar,
    block_reason varchar,
    is_transient boolean not null,
    looked_up_at timestamp not null,
    primary key (host, name_key)
);
comment on table repo_lookup is 'One row per linked name and what became of looking it up last.';
comment on column repo_lookup.host is 'Host: github.com.';
comment on column repo_lookup.name_key is 'owner/name of the link in lower case.';
comment on column repo_lookup.repo_id is 'The repository that the links mean: the first that answered to the name. Null when none ever did.';
comment on column repo_lookup.status is 'ok; renamed (found under another name); empty; name_reused (the name is another repository''s now); not_found (gone, private or never there); blocked; refused (GitHub says why in message); unreachable, timed_out, no_answer: try again.';
comment on column repo_lookup.message is 'What happened, in one sentence, when status is not ok.';
comment on column repo_lookup.block_reason is 'Why GitHub blocks it, in its word: dmca, tos, ...';
comment on column repo_lookup.is_transient is 'Whether the next run asks again, however soon that is.';
comment on column repo_lookup.looked_up_at is 'When (UTC).';

create table repo_observation (
    repo_id bigint not null,
    observed_on date not null,
    stars bigint,
    forks bigint,
    pushed_at timestamp,
    status varchar not null,
    primary key (repo_id, observed_on)
);
comment on table repo_observation is 'One row per repository and day on which it was asked about: how counts and status change.';
comment on column repo_observation.repo_id is 'The repository: repo.repo_id.';
comment on column repo_observation.observed_on is 'Day (UTC).';
comment on column repo_observation.stars is 'Stars on that day.';
comment on column repo_observation.forks is 'Forks on that day.';
comment on column repo_observation.pushed_at is 'Last push as of that day (UTC).';
comment on column repo_observation.status is 'repo.status on that day.';

create table progress_mark (
    name varchar primary key,
    mark varchar not null,
    set_at timestamp not null
);
comment on table progress_mark is 'Where a collector goes on: cursors of paper sources, the batch size that GitHub''s GraphQL took, the version of the link parser.';
comment on column progress_mark.name is 'What is marked: cursor:pwc, graphql_batch, link_parser, ...';
comment on column progress_mark.mark is 'Text that only the collector reads.';
comment on column progress_mark.set_at is 'When (UTC).';

create table http_validator (
    url varchar primary key,
    etag varchar not null,
    seen_at timestamp not null
);
comment on table http_validator is 'One row per address of GitHub''s REST interface and the ETag of its last answer, so that an unchanged answer costs nothing.';
comment on column http_validator.url is 'Address with interface version, and whether asked with a token: ETags differ by both.';
comment on column http_validator.etag is 'The ETag exactly as received.';
comment on column http_validator.seen_at is 'When (UTC).';

create table short_link (
    url varchar primary key,
    target varchar,
    message varchar,
    followed_at timestamp not null
);
comment on table short_link is 'One row per shortened link (git.io, bit.ly, ...) and where it leads.';
comment on column short_link.url is 'The shortened link.';
comment on column short_link.target is 'The address that it stands for; null when its service knows it no more.';
comment on column short_link.message is 'Why there is no target, in one sentence.';
comment on column short_link.followed_at is 'When it was followed (UTC).';

create table paper_alias (
    alias varchar primary key,
    paper_id varchar not null,
    reason varchar not null
);
comment on table paper_alias is 'One row per id under which a source knows a paper that is one paper with another: paper and paper_link hold only paper_id.';
comment on column paper_alias.alias is 'The id that the source gives.';
comment on column paper_alias.paper_id is 'The paper: paper.paper_id.';
comment on column paper_alias.reason is 'What they share: doi or title.';

alter table scan add column transfer varchar;
alter table scan add column bytes_moved bigint;
comment on column scan.transfer is 'How the source came: archive, partial (git, source files alone); null from disk.';
comment on column scan.bytes_moved is 'Bytes that came over the network for this scan.';

create table new_import_fact as from import_fact;
drop table import_fact;
alter table new_import_fact rename to import_fact;
comment on table import_fact is 'One row per import of one module on one line of one file of a scan.';
comment on column import_fact.scan_id is 'The scan: scan.scan_id.';
comment on column import_fact.path is 'File, relative to the repository''s root.';
comment on column import_fact.line is 'Line of the import, from 1. In a notebook: the line in the concatenation of its code cells.';
comment on column import_fact.module is 'Module as written: torch.nn, .models (relative), torch/torch.h (C++).';
comment on column import_fact.language is 'python, lua, julia, r, cpp, java, matlab, swift, prototxt; package for a declared dependency.';
comment on column import_fact.kind is 'static; guarded (inside try or if); dynamic (by a call with a literal name); notebook (any import in a notebook); declared (a package that requirements, setup.py and the like ask for).';

create table new_api_use as from api_use;
drop table api_use;
alter table new_api_use rename to api_use;
comment on table api_use is 'One row per name that a file which imports TensorFlow takes from it: calls tell TensorFlow 1.x from 2.x, and graph style from eager style.';
comment on column api_use.scan_id is 'The scan: scan.scan_id.';
comment on column api_use.path is 'File, relative to the repository''s root.';
comment on column api_use.line is 'Line where the file first uses the name, counted as in import_fact.';
comment on column api_use.name is 'Name with at most three parts after tensorflow, whatever the file calls the module: tensorflow.compat.v1.placeholder.';

create table new_local_module as from local_module;
drop table local_module;
alter table new_local_module rename to local_module;
comment on table local_module is 'One row per module that the repository defines itself under a name it also imports: such an import may mean the local file, not the framework of that name.';
comment on column local_module.scan_id is 'The scan: scan.scan_id.';
comment on column local_module.module is 'Top-level name, for example keras.';
comment on column local_module.language is 'Language in which it can be imported.';
comment on column local_module.directory is 'Directory from which it can be imported, empty for the root.';
comment on column local_module.path is 'The file that defines it.';

create table new_file_problem as from file_problem;
drop table file_problem;
alter table new_file_problem rename to file_problem;
comment on table file_problem is 'One row per file of a scan that was not read, or not read whole.';
comment on column file_problem.scan_id is 'The scan: scan.scan_id.';
comment on column file_problem.path is 'File or archive member as named there.';
comment on column file_problem.problem is 'too_large, broken_notebook, long_manifest, unsafe_path, unreadable, missing_blob, ...';
comment on column file_problem.message is 'What happened, in one sentence.';

create table new_outcome as from outcome;
drop table outcome;
alter table new_outcome rename to outcome;
comment on table outcome is 'One row per item of a run and what became of it.';
comment on column outcome.run_id is 'The run: run.run_id.';
comment on column outcome.step is 'Stage of the run: links, metadata, source.';
comment on column outcome.item is 'The item: a paper source, an owner/name, a unit.';
comment on column outcome.status is 'ok, or what went wrong, as in scan.status, repo_lookup.status and paper_link.problem.';
comment on column outcome.message is 'What happened, in one sentence.';
comment on column outcome.happened_at is 'When (UTC).';
