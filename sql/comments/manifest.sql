comment on table manifest is
'One row per value that describes the published file: versions, hashes, counts and settings. Empty '
'before the first publication.';
comment on column manifest.part is
'time, version, hash (of files, SHA-256), count (of the papers, repositories and other rows behind '
'the answers), stratum (drawn repositories of a recorded sample) or setting (of the run that '
'published; no secrets).';
comment on column manifest.name is 'Name of the value.';
comment on column manifest.value is 'The value as text.';
