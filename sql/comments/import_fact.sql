comment on table import_fact is
'One row per import of one module on one line of one file of a scan.';
comment on column import_fact.scan_id is 'The scan: scan.scan_id.';
comment on column import_fact.path is 'Path of the file, relative to the repository''s root.';
comment on column import_fact.line is
'Line of the import, from 1. In a notebook: the line in its code cells, joined together.';
comment on column import_fact.module is
'The module as written: torch.nn, .models (relative), torch/torch.h (C++).';
comment on column import_fact.language is
'The language: language.language, or package for a listed package.';
comment on column import_fact.kind is
'static; guarded (in a try or if block); dynamic (by a call with a literal name); notebook (any '
'import in a notebook); declared (a package listed in requirements.txt, setup.py and the like).';
