-- One row per host whose web pages have an address for a line of a file at a commit:
-- https://HOST/OWNER/NAME<blob>COMMIT/PATH<anchor>LINE.
create or replace view code_host as
select
    hosts.host,
    hosts.blob,
    hosts.anchor
from (
    values
    ('github.com', '/blob/', '#L'),
    ('gitlab.com', '/-/blob/', '#L'),
    ('bitbucket.org', '/src/', '#lines-')
) as hosts (host, blob, anchor);

comment on view code_host is
'One row per host whose web pages have an address for a line of a file at a commit: '
'https://HOST/OWNER/NAME, blob, the commit, a slash, the path, anchor, the line.';
comment on column code_host.host is 'The host: scan.host.';
comment on column code_host.blob is 'Part of the address between the repository and the commit.';
comment on column code_host.anchor is
'Part of the address between the path and the line. Lines of notebooks have no address: '
'import_fact.line counts the lines of the code cells.';
