comment on table library_name is
'One row per pattern of names that code takes from a library which serves several frameworks, '
'data/library_names.csv. Of the patterns of one library, that of the lowest rank applies.';
comment on column library_name.library is 'The library, as it is imported.';
comment on column library_name.rank is 'Order in which the patterns of the library are tried.';
comment on column library_name.pattern is
'Regular expression of the whole name with its library: transformers.BertModel.';
comment on column library_name.framework is
'The framework that such a name means, or none where code for any framework uses it.';
comment on column library_name.meaning is 'What such names are, in words.';
