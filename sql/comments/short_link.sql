comment on table short_link is 'One row per shortened link (git.io, bit.ly, ...) and its target.';
comment on column short_link.url is 'The shortened link.';
comment on column short_link.target is
'The address that it leads to. Null where the service no longer knows it.';
comment on column short_link.message is 'Why there is no target, in one sentence.';
comment on column short_link.followed_at is 'When the link was last followed (UTC).';
