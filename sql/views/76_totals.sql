-- One row: how many papers, repositories and imports the answers rest on.
create or replace view totals as
select
    (select count(distinct paper_id) from corrected_link) as linked_papers,
    (select count(distinct paper_id) from paper_framework) as judged_papers,
    (
        select count(distinct paper_id)
        from paper_framework
        where paper_id not in (
            select paper_id
            from dated_paper
            where time_axis = 'paper'
        )
    ) as undated_papers,
    (
        select count(*)
        from (
            select distinct
                host,
                owner,
                name
            from scan
            where status = 'ok'
        ) as read_repository
    ) as read_repositories,
    (select coalesce(sum(imports), 0)::bigint from import_count) as imports;

comment on view totals is 'One row: how many papers, repositories and imports the answers rest on.';
comment on column totals.linked_papers is 'Papers with a link, usable or not.';
comment on column totals.judged_papers is 'Papers with judged code.';
comment on column totals.undated_papers is
'Judged papers without a known date. They are in no share.';
comment on column totals.read_repositories is 'Repositories with a scan that read their code.';
comment on column totals.imports is
'Rows of import_fact: imports and listed packages of all scans.';
