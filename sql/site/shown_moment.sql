-- One row per paper, linked unit and moment: the commit, its date and label, and where its lines lie.
create or replace temp table shown_moment as
select
    searched_paper.number,
    paper_moment.unit_id,
    paper_moment.moment,
    paper_moment.scan_id,
    {
        'code': paper_moment.code,
        'commit': paper_moment.commit_id,
        'day': paper_moment.committed_at::date::varchar,
        'lag': paper_moment.lag_days,
        'is_of_time': paper_scan.is_of_time,
        'reasons': paper_moment.reasons,
        'base': 'https://' || scan.host || '/' || scan.owner || '/' || scan.name
        || code_host.blob || scan.commit_id || '/',
        'anchor': code_host.anchor
    } as shown
from paper_moment
inner join searched_paper using (paper_id)
left join paper_scan using (paper_id, unit_id, moment)
left join scan on paper_moment.scan_id = scan.scan_id
left join code_host on scan.host = code_host.host;
