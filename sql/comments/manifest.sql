comment on table manifest is
'What the published file was made of, one row per value. Empty before the first publication.';
comment on column manifest.part is
'time, version, hash (of files, SHA-256), count (of what the answers rest on), stratum (drawn '
'repositories of a recorded sample) or setting (of the run that published; no secrets).';
comment on column manifest.name is 'Name of the value.';
comment on column manifest.value is 'The value as text.';
