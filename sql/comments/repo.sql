comment on table repo is
'One row per repository that GitHub has described. Its number survives renames and transfers.';
comment on column repo.repo_id is 'GitHub''s number for the repository (databaseId).';
comment on column repo.host is 'Host of the repository: github.com.';
comment on column repo.owner is 'Owner as GitHub last wrote it.';
comment on column repo.name is 'Name as GitHub last wrote it.';
comment on column repo.status is
'ok, empty, vanished or blocked: outcome_status, step metadata. With vanished and blocked, the '
'other columns keep the last known values.';
comment on column repo.message is 'The result in one sentence. Null where status is ok.';
comment on column repo.created_at is 'When the repository was created (UTC).';
comment on column repo.pushed_at is 'Last push to any branch (UTC).';
comment on column repo.updated_at is
'Last change of any kind, also of stars and the description (UTC).';
comment on column repo.archived_at is
'When the owner archived it (UTC), from GraphQL. REST does not give it.';
comment on column repo.stars is 'Stars.';
comment on column repo.forks is 'Forks.';
comment on column repo.size_kb is
'Size of the whole history on GitHub''s disks, in kilobytes. GitHub caches it; it can be 0.';
comment on column repo.is_fork is 'Whether it is a fork.';
comment on column repo.is_archived is 'Whether the owner has archived it.';
comment on column repo.is_template is 'Whether it is a template.';
comment on column repo.is_disabled is 'Whether GitHub has disabled it.';
comment on column repo.is_mirror is 'Whether it mirrors a repository at another address.';
comment on column repo.is_private is
'Whether it is private: GitHub shows it only to users with access.';
comment on column repo.parent_id is 'The repository that it was forked from: its repo_id.';
comment on column repo.parent_name is 'owner/name of that repository.';
comment on column repo.primary_language is 'The language with the most bytes, according to GitHub.';
comment on column repo.languages is
'Languages and their bytes at the head of the default branch, the largest first, at most 30; from '
'GraphQL. REST does not give them.';
comment on column repo.licence is
'SPDX id of the licence; NOASSERTION for one that GitHub does not recognise, null for none.';
comment on column repo.topics is 'Topics that the owner gave it, at most 30.';
comment on column repo.default_branch is
'Name of the default branch. GraphQL gives none before the first commit.';
comment on column repo.head_commit is
'Newest commit of the default branch. Null if there is no commit yet, or if the second request '
'that REST needs failed.';
comment on column repo.head_committed_at is 'Committer date of that commit (UTC).';
comment on column repo.commits is
'Commits on the default branch. Null where GitHub did not count them in time.';
comment on column repo.api is
'The API that gave the row: graphql, or rest- and the version of the API.';
comment on column repo.fetched_at is
'When GitHub last gave these values (UTC). A response without a change does not update it.';
