-- When was the code of each paper written, and which framework did it use then and now?
select
    paper.paper_id,
    paper.published_on,
    paper_commit.unit_id,
    paper_commit.status,
    paper_commit.committed_at,
    paper_commit.lag_days,
    label_then.label as label_then,
    label_now.label as label_now
from paper_commit
inner join paper_date as paper using (paper_id)
left join paper_scan as code_then
    on
        paper_commit.paper_id = code_then.paper_id
        and paper_commit.unit_id = code_then.unit_id
        and code_then.moment = 'then'
left join paper_scan as code_now
    on
        paper_commit.paper_id = code_now.paper_id
        and paper_commit.unit_id = code_now.unit_id
        and code_now.moment = 'now'
left join repo_label as label_then on code_then.scan_id = label_then.scan_id
left join repo_label as label_now on code_now.scan_id = label_now.scan_id
order by paper.published_on, paper.paper_id, paper_commit.unit_id;
