comment on table framework_api is
'One row per name in TensorFlow or another library that shows how code uses the library, '
'data/framework_apis.csv. The longest matching prefix wins.';
comment on column framework_api.name is
'The name, or the beginning of names, as in api_use.name.';
comment on column framework_api.variant is
'1.x or 2.x where code for that variant uses the name; else null.';
comment on column framework_api.style is
'graph (build a graph, then run it in a session) or eager (imperative); null where code of both '
'styles uses the name.';
comment on column framework_api.in_both is
'Whether both variants have the name, but mostly code for the variant in this row uses it.';
comment on column framework_api.is_interoperability is
'Whether code for other frameworks uses the name too: summaries for TensorBoard, reading of data, '
'files or checkpoints.';
