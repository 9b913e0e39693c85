-- One more copy of the recorded sample, which is attached as `sample`: its units numbered from
-- `first` to `last`, under the names of copy number `copy`. Every eighth copy has the commits of
-- papers and the ends of years too. A module that only one unit of the sample imports has another
-- name in each copy, because the number of module names grows with the number of repositories.
create or replace temp macro renamed(name) as name || '-' || getvariable('copy');
create or replace temp macro renamed_unit(unit_id) as
regexp_replace(unit_id, '^([^/]+/[^/]+)', '\1-' || getvariable('copy'));
create or replace temp macro renamed_scan(scan_id) as left(md5(renamed(scan_id)), 16);

create or replace temp table drawn_unit as
select *
from sample.numbered_unit
where number between getvariable('first') and getvariable('last');

create or replace temp table drawn_scan as
select scan_id
from sample.scan
semi join drawn_unit using (unit_id)
where is_head or getvariable('copy') % 8 = 0;

create or replace temp table drawn_link as
from sample.paper_link
semi join drawn_unit using (unit_id);

insert into paper by name
select * replace (renamed(paper_id) as paper_id)
from sample.paper
semi join drawn_link using (paper_id)
where renamed(paper_id) not in (select paper_id from main.paper);

insert into paper_link by name
select * replace (
    renamed(paper_id) as paper_id,
    renamed(raw_link) as raw_link,
    renamed_unit(unit_id) as unit_id,
    renamed(owner) as owner
)
from drawn_link;

insert into repo by name
select
    getvariable('copy') * 1000000 + number as repo_id,
    host,
    renamed(owner) as owner,
    name,
    'ok' as status,
    timestamp '2017-01-01' + to_days(number) as created_at,
    number % 977 as stars,
    number % 97 as forks,
    'graphql' as api,
    timestamp '2026-01-01' as fetched_at
from drawn_unit;

insert or ignore into repo_lookup by name
select
    host,
    lower(renamed(owner) || '/' || name) as name_key,
    getvariable('copy') * 1000000 + number as repo_id,
    'ok' as status,
    timestamp '2026-01-01' as looked_up_at
from drawn_unit;

insert into import_fact by name
select facts.* replace (
    renamed_scan(facts.scan_id) as scan_id,
    if(own_module.module is null, facts.module, renamed(facts.module)) as module
)
from sample.import_fact as facts
semi join drawn_scan using (scan_id)
left join sample.own_module using (language, module);

insert into api_use by name
select * replace (renamed_scan(scan_id) as scan_id)
from sample.api_use
semi join drawn_scan using (scan_id);

insert into local_module by name
select * replace (renamed_scan(scan_id) as scan_id)
from sample.local_module
semi join drawn_scan using (scan_id);

insert into file_problem by name
select * replace (renamed_scan(scan_id) as scan_id)
from sample.file_problem
semi join drawn_scan using (scan_id);

insert into unread_code by name
select * replace (renamed_scan(scan_id) as scan_id)
from sample.unread_code
semi join drawn_scan using (scan_id);

insert into scan by name
select * replace (
    renamed_scan(scan_id) as scan_id,
    renamed_unit(unit_id) as unit_id,
    renamed(owner) as owner
)
from sample.scan
semi join drawn_scan using (scan_id);

insert into paper_commit by name
select * replace (renamed(paper_id) as paper_id, renamed_unit(unit_id) as unit_id)
from sample.paper_commit
semi join drawn_unit using (unit_id)
where getvariable('copy') % 8 = 0;

insert into repository_history by name
select * replace (renamed_unit(unit_id) as unit_id)
from sample.repository_history
semi join drawn_unit using (unit_id)
where getvariable('copy') % 8 = 0;

insert into year_end by name
select * replace (renamed_unit(unit_id) as unit_id)
from sample.year_end
semi join drawn_unit using (unit_id)
where getvariable('copy') % 8 = 0;
