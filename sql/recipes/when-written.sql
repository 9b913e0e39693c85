-- When was the code of each paper written, and which framework did it use then and now?
with labelled as (
    select
        paper_scan.paper_id,
        paper_scan.unit_id,
        paper_scan.moment,
        paper_scan.lag_days,
        repo_label.label
    from paper_scan
    left join repo_label using (scan_id)
)

select
    paper.paper_id,
    paper.published_on,
    paper_commit.unit_id,
    paper_commit.status,
    paper_commit.committed_at,
    paper_commit.lag_days,
    code_then.label as label_then,
    code_now.label as label_now
from paper_commit
inner join paper_date as paper using (paper_id)
left join labelled as code_then
    on
        paper_commit.paper_id = code_then.paper_id
        and paper_commit.unit_id = code_then.unit_id
        and code_then.moment = 'then'
left join labelled as code_now
    on
        paper_commit.paper_id = code_now.paper_id
        and paper_commit.unit_id = code_now.unit_id
        and code_now.moment = 'now'
order by paper.published_on, paper.paper_id, paper_commit.unit_id;
