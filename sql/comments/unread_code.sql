comment on table unread_code is
'One row per scan and language that the scanner cannot read: how much code the repository has in '
'this language. The imports of this code are unknown.';
comment on column unread_code.scan_id is 'The scan: scan.scan_id.';
comment on column unread_code.language is
'The language, such as javascript, rust or c#. The extension or the first line of the file shows '
'it, or the notebook names it.';
comment on column unread_code.files is
'Number of files with code in this language. A notebook counts once for each language that it '
'uses.';
comment on column unread_code.bytes is
'Size of this code in bytes. Null if git did not fetch the files, because the size is then '
'unknown.';
