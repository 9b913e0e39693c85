comment on table run is 'One row per run of a flow that collects.';
comment on column run.run_id is 'Identifier of the run.';
comment on column run.flow is
'The flow: links, metadata, code, history or years. The flows publish and refresh write no row.';
comment on column run.settings is 'Settings of the run, without secrets.';
comment on column run.versions is 'Versions of this program, Python and the main packages.';
comment on column run.counts is 'Items by status. Null before the end of the run.';
comment on column run.status is
'running, done, failed, or killed (the process stopped before it could store its result).';
comment on column run.started_at is 'Start (UTC).';
comment on column run.ended_at is 'End (UTC). Null if the run is still running or was killed.';
