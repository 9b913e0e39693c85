comment on table api_use is
'One row per name that a file takes from TensorFlow, for files that import it. Such names tell '
'TensorFlow 1.x from 2.x, and graph style from eager style.';
comment on column api_use.scan_id is 'The scan: scan.scan_id.';
comment on column api_use.path is 'Path of the file, relative to the repository''s root.';
comment on column api_use.line is
'Line on which the file first uses the name, counted as in import_fact.';
comment on column api_use.name is
'The name after tf or tensorflow, with at most three parts: tensorflow.compat.v1.placeholder.';
