comment on table api_use is
'One row per name (class, function or module) that a file uses from TensorFlow, Keras, '
'transformers or a similar library, where the names show more than the imports. Also one row per '
'Keras backend or TensorFlow version that a file requires.';
comment on column api_use.scan_id is 'The scan: scan.scan_id.';
comment on column api_use.path is 'Path of the file, relative to the repository''s root.';
comment on column api_use.line is
'Line on which the file first uses the name, counted as in import_fact.';
comment on column api_use.name is
'The full name, with the library instead of its alias (tf): tensorflow.compat.v1.placeholder. A '
'name outside of import statements has at most three parts after the library. A required backend '
'or version looks like KERAS_BACKEND=jax or tensorflow==1.x.';
