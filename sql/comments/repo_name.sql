comment on table repo_name is
'One row per repository and name that it has had. A name with two rows has belonged to two '
'repositories.';
comment on column repo_name.host is 'Host: github.com.';
comment on column repo_name.name_key is 'owner/name in lower case: repository_key.';
comment on column repo_name.repo_id is 'The repository that had the name: repo.repo_id.';
comment on column repo_name.first_seen_at is 'First lookup in which it had the name (UTC).';
comment on column repo_name.last_seen_at is 'Last lookup in which it had the name (UTC).';
