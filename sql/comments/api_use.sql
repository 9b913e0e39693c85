comment on table api_use is
'One row per name that a file takes from a library whose names say more than its imports: '
'TensorFlow, Keras, transformers and some others. And one per backend of Keras or version of '
'TensorFlow that a file asks for.';
comment on column api_use.scan_id is 'The scan: scan.scan_id.';
comment on column api_use.path is 'Path of the file, relative to the repository''s root.';
comment on column api_use.line is
'Line on which the file first uses the name, counted as in import_fact.';
comment on column api_use.name is
'The name with its library, for tf with tensorflow: tensorflow.compat.v1.placeholder. A used name '
'has at most three parts after the library. Or what the file asks for: KERAS_BACKEND=jax, '
'tensorflow==1.x.';
