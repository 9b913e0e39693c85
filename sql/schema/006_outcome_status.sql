-- What a status means, and its words for readers, stand once: in data/outcomes.csv.
-- "source" means a paper source: the step that scans is `code`, and a scan may find no code.
create table outcome_status (
    status varchar not null,
    step varchar not null check (step in ('links', 'metadata', 'code', 'paper')),
    means varchar not null check (means in ('answer', 'gone', 'again', 'ends_run')),
    words varchar not null,
    primary key (step, status)
);
comment on table outcome_status is 'One row per status that a step gives an item, data/outcomes.csv.';
comment on column outcome_status.status is 'The status, as in outcome.status, paper_link.problem, repo.status, repo_lookup.status, scan.status and coverage.outcome.';
comment on column outcome_status.step is 'Who gives it: the steps links, metadata and code; paper for what the view coverage says of papers.';
comment on column outcome_status.means is 'What follows: answer (nothing until the item changes), gone (look again after ADOPTION_RECHECK_DAYS), again (the next run tries again), ends_run (nothing else can succeed either).';
comment on column outcome_status.words is 'The status in words for readers.';

alter table repo_lookup drop column is_transient;
comment on column repo_lookup.status is 'What the lookup gave; outcome_status has the meaning, step metadata.';
comment on column repo.status is 'ok, empty, vanished or blocked: outcome_status, step metadata. Unless it is ok or empty, the rest of the row stays as last seen.';

update scan set status = 'no_code' where status = 'no_source';
comment on column scan.status is 'What the scan gave; outcome_status has the meaning, step code. Only ok and no_code can lead to a label.';

update outcome
set
    step = 'code',
    status = if(status = 'no_source', 'no_code', status)
where step = 'source';
comment on column outcome.step is 'Step of the run: links, metadata or code.';
comment on column outcome.status is 'What became of the item; outcome_status has the meaning.';

update run set flow = 'code' where flow = 'source';

update paper_link set problem = 'no_link' where problem = 'empty';
comment on column paper_link.problem is 'Why the link names no repository: outcome_status, step links. Null when it names one.';
