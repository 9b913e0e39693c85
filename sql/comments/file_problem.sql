comment on table file_problem is
'One row per problem with a file: the scan did not read it, or read only a part.';
comment on column file_problem.scan_id is 'The scan: scan.scan_id.';
comment on column file_problem.path is 'Path of the file in the repository or archive.';
comment on column file_problem.problem is
'broken_notebook, installed_packages (a folder of installed packages), lfs_pointer (Git LFS stores '
'the file), long_manifest, missing_blob, not_a_file (a link or device), submodule (another '
'repository contains the code), too_large, too_many_imports, unread_archive (an archive inside the '
'repository), unreadable or unsafe_path.';
comment on column file_problem.message is 'The problem in one sentence.';
