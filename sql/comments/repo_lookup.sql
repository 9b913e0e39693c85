comment on table repo_lookup is 'One row per linked name, with the result of the last lookup.';
comment on column repo_lookup.host is 'Host: github.com.';
comment on column repo_lookup.name_key is 'owner/name of the link in lower case: repository_key.';
comment on column repo_lookup.repo_id is
'The repository that the links mean: the one that had the name at the first successful lookup. '
'Null before that.';
comment on column repo_lookup.status is 'Result of the lookup: outcome_status, step metadata.';
comment on column repo_lookup.message is 'The result in one sentence. Null where status is ok.';
comment on column repo_lookup.block_reason is
'The reason for the block, in GitHub''s word: dmca, tos, ...';
comment on column repo_lookup.looked_up_at is 'When the name was last looked up (UTC).';
