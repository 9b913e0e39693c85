-- One row: which code the views of shares count. They count the commits of the moment `then` once
-- most papers with a date and judged code have judged code at that moment. Before that, shares would
-- come from the few papers that `adoption collect history` has reached.
create or replace view default_choice as
with dated as (
    select
        paper_framework.paper_id,
        bool_or(paper_framework.moment = 'then') as is_judged_then
    from paper_framework
    inner join paper_date as paper using (paper_id)
    where paper.published_on is not null
    group by paper_framework.paper_id
)

select
    case
        when count(*) filter (where is_judged_then) > count(*) / 2 then 'then'
        else 'now'
    end as choice
from dated;

comment on view default_choice is 'One row: the code that the views of shares count.';
comment on column default_choice.choice is
'A value of dated_paper.choices: then if most papers with a date and judged code have judged code '
'at the moment then; else now.';
