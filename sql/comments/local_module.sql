comment on table local_module is
'One row per module that the repository defines under a name that its code imports. Such an '
'import may mean this file and not the framework of that name.';
comment on column local_module.scan_id is 'The scan: scan.scan_id.';
comment on column local_module.module is 'First part of the module''s name, for example keras.';
comment on column local_module.language is 'Language that can import it: import_fact.language.';
comment on column local_module.directory is
'Directory from which code can import it; empty for the root.';
comment on column local_module.path is 'Path of the file that defines it.';
