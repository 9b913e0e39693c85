comment on table language is
'One row per language that the scanner reads, data/languages.csv.';
comment on column language.language is 'The language, as every table and view writes it.';
comment on column language.name is 'The name of the language for readers.';
