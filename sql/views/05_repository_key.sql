-- What a repository is known by at its host: upper and lower case name the same one.
create or replace macro repository_key(owner, name) as lower(owner || '/' || name);

comment on macro repository_key is 'owner/name in lower case: what a repository is known by at its host.';
