-- One row per paper and moment with judged code: what the paper counts as, and whether the default
-- charts count it.
create or replace temp table judged_paper as
select
    paper_framework.paper_id,
    paper_framework.moment,
    paper_framework.label,
    paper_framework.variant,
    coalesce(dated_paper.is_default, false) as in_charts
from paper_framework
left join dated_paper
    on
        dated_paper.time_axis = 'paper'
        and paper_framework.paper_id = dated_paper.paper_id
        and paper_framework.moment = dated_paper.moment;
