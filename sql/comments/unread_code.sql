comment on table unread_code is
'One row per scan and language of code that the scanner cannot read: the scan does not know what '
'this code imports.';
comment on column unread_code.scan_id is 'The scan: scan.scan_id.';
comment on column unread_code.language is
'The language, by the file''s suffix, its first line or the notebook: javascript, rust, c#, '
'matlab live script.';
comment on column unread_code.files is
'Number of files with code in this language. A notebook counts for each language of its cells.';
comment on column unread_code.bytes is
'Bytes of this code. Null where git did not fetch the files, because their sizes are then unknown.';
