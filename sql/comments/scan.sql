comment on table scan is
'One row per scan of one unit at one commit. An attempt that read nothing has a row too.';
comment on column scan.scan_id is
'Hash of unit, commit, status and scanner version. A repeated scan with the same result keeps its '
'row.';
comment on column scan.unit_id is 'The unit: paper_link.unit_id.';
comment on column scan.host is 'Host of the repository.';
comment on column scan.owner is 'Owner of the repository at the time of the scan.';
comment on column scan.name is 'Name of the repository at the time of the scan.';
comment on column scan.subdir is
'Directory of the unit; empty for the whole repository. Where the directory holds no code the '
'whole repository is scanned, and message says so.';
comment on column scan.commit_id is 'The scanned commit. Null where none was reached.';
comment on column scan.committed_at is 'Committer date of that commit (UTC).';
comment on column scan.status is
'Result of the scan: outcome_status, step code. Only ok and no_code can lead to a label.';
comment on column scan.message is
'The result in one sentence. Null if the status is a complete explanation.';
comment on column scan.files_seen is 'Regular files in the unit.';
comment on column scan.files_scanned is 'Code files that were read completely.';
comment on column scan.files_skipped is
'Files that were not read, or only in part: those in file_problem.';
comment on column scan.bytes_scanned is 'Bytes of code and of lists of packages that were read.';
comment on column scan.scanner_version is 'Version of the scanner''s rules.';
comment on column scan.scanned_at is
'When the commit was last scanned as the newest one (UTC). If it was never the newest: when its '
'scan was first stored.';
comment on column scan.transfer is
'How the code came: archive, or partial (by git, code files only). Null for a local folder or a '
'recorded sample.';
comment on column scan.is_head is
'Whether the commit was the newest one of its branch when it was scanned.';
comment on column scan.bytes_moved is
'Bytes received over the network for this scan, including failed attempts. Null if none were '
'received.';
