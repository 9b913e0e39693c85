-- Repositories that were looked up and scanned in January 2026, with 20 imports each: one for each n
-- of the table `number`. The variables scanner_version and link_parser are the present versions.
insert into paper by name
select
    'arxiv:x' || n as paper_id,
    'Paper ' || n as title,
    date '2015-01-01' + (n % 4000)::integer as published_on,
    'day' as date_precision,
    timestamp '2026-01-01' as seen_at
from number;

insert into paper_link by name
select
    'arxiv:x' || n as paper_id,
    'list' as source,
    'https://github.com/o/r' || n as raw_link,
    'github.com/o/r' || n as unit_id,
    'github.com' as host,
    'o' as owner,
    'r' || n as name,
    '' as subdir,
    []::varchar[] as flags,
    timestamp '2026-01-01' as seen_at
from number;

insert into repo by name
select
    n + 1 as repo_id,
    'github.com' as host,
    'o' as owner,
    'r' || n as name,
    'ok' as status,
    timestamp '2021-03-04 05:06:07' as pushed_at,
    7 as stars,
    format('{:040x}', n) as head_commit,
    'graphql' as api,
    timestamp '2026-01-01' as fetched_at
from number;

insert into repo_lookup by name
select
    'github.com' as host,
    'o/r' || n as name_key,
    n + 1 as repo_id,
    'ok' as status,
    timestamp '2026-01-01' as looked_up_at
from number;

insert into scan by name
select
    's' || n as scan_id,
    'github.com/o/r' || n as unit_id,
    'github.com' as host,
    'o' as owner,
    'r' || n as name,
    '' as subdir,
    format('{:040x}', n) as commit_id,
    'ok' as status,
    20 as files_seen,
    20 as files_scanned,
    0 as files_skipped,
    9999 as bytes_scanned,
    getvariable('scanner_version') as scanner_version,
    timestamp '2026-01-01' as scanned_at
from number;

insert into import_fact by name
select
    's' || n as scan_id,
    'file' || line || '.py' as path,
    line::integer as line,
    ['torch', 'tensorflow', 'jax', 'numpy', 'os'][1 + (n + line) % 5] as module,
    'python' as language,
    'static' as kind
from number, (select unnest(range(1, 21)) as line);

-- what a run leaves that has read all links by the present rules
insert into progress_mark values ('link_parser', getvariable('link_parser'), timestamp '2026-01-01');
