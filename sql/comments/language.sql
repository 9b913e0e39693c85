comment on table language is
'One row per language that the scanner reads, data/languages.csv.';
comment on column language.language is 'The key of the language in every table and view.';
comment on column language.name is 'Its name for readers.';
