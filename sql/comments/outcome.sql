comment on table outcome is 'One row per item of a run, with its result.';
comment on column outcome.run_id is 'The run: run.run_id.';
comment on column outcome.step is 'Step of the run: links, metadata, code, history or years.';
comment on column outcome.item is
'links: a paper source, or an invalid record of a list. metadata: an owner/name or a shortened '
'link. code, years: a unit. history: a paper and a unit.';
comment on column outcome.status is 'Result of the item. outcome_status explains it.';
comment on column outcome.message is
'The result in one sentence. Null if the status is a complete explanation.';
comment on column outcome.happened_at is 'When the outcome was stored (UTC).';
