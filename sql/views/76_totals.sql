-- One row: how many papers, repositories and imports the answers rest on.
create or replace view totals as
select
    (select count(distinct paper_id) from paper_link) as linked_papers,
    (select count(*) from paper_framework) as judged_papers,
    (
        select count(*)
        from paper_framework
        anti join (from dated_paper where time_axis = 'paper') as dated using (paper_id)
    ) as undated_papers,
    (
        select count(distinct (host, owner, name))
        from scan
        where status = 'ok'
    ) as read_repositories,
    (select count(*) from import_fact) as imports;

comment on view totals is 'One row: how many papers, repositories and imports the answers rest on.';
comment on column totals.linked_papers is 'Papers with a link to code.';
comment on column totals.judged_papers is 'Papers whose code could be read.';
comment on column totals.undated_papers is 'Judged papers without a known date, which are in no share.';
comment on column totals.read_repositories is 'Repositories whose code was read.';
comment on column totals.imports is 'Imports found in all scans.';
