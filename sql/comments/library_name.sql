comment on table library_name is
'One row per pattern for names in a library that supports several frameworks, '
'data/library_names.csv. If several patterns of a library match, the one with the lowest rank '
'applies.';
comment on column library_name.library is 'The library''s name in imports.';
comment on column library_name.rank is 'Position of the pattern among the patterns of the library.';
comment on column library_name.pattern is
'Regular expression for the full name, such as transformers.BertModel.';
comment on column library_name.framework is
'The framework that such a name belongs to. none if code for any framework uses it.';
comment on column library_name.meaning is 'Description of these names for readers.';
