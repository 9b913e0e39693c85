-- One row per paper and moment with judged code: what the paper counts as, by which repository, and
-- why the default charts do not count it, in words (null if they do). If a paper has a row of the
-- moment then, that row has the reason.
create or replace temp table judged_paper as
with placed as (
    select
        paper_framework.paper_id,
        paper_framework.moment,
        paper_framework.label,
        paper_framework.family,
        paper_framework.variant,
        paper_framework.unit_id,
        paper_framework.repositories,
        paper_framework.repositories_judged,
        paper_framework.is_of_time,
        paper_framework.committed_at,
        paper_date.published_on,
        dated_paper.precedes_framework,
        coalesce(dated_paper.is_default, false) as in_charts,
        bool_or(paper_framework.moment = 'then')
            over (partition by paper_framework.paper_id) as has_then
    from paper_framework
    left join paper_date using (paper_id)
    left join dated_paper
        on
            dated_paper.time_axis = 'paper'
            and paper_framework.paper_id = dated_paper.paper_id
            and paper_framework.moment = dated_paper.moment
)

select
    paper_id,
    moment,
    label,
    family,
    variant,
    unit_id,
    repositories,
    repositories_judged,
    is_of_time,
    in_charts,
    case
        when in_charts or (moment <> 'then' and has_then) then null
        when published_on is null then 'the paper has no known date'
        when moment <> 'then' then 'no code from the time of the paper could be judged'
        when not is_of_time and committed_at is null then 'its code has no known date'
        when not is_of_time
            then 'no official code is known, and the code of others came long after the paper'
        when precedes_framework
            then 'the paper or its commit is older than the framework of its code'
        else 'they count newest code, and its newest code could not be judged'
    end as left_out
from placed;
