-- The key of a repository at its host, where upper and lower case are the same.
create or replace macro repository_key(owner, name) as lower(owner || '/' || name);

comment on macro repository_key is 'Key of a repository at its host: owner/name in lower case.';
