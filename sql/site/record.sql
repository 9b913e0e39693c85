-- One row per paper in the order of its number: what a list of results shows of it, as JSON: id, title,
-- date, how exact it is, venue, label, and the label of the newest code if it is another one.
with labelled as (
    select
        paper_id,
        arg_max(label, moment) as label,
        arg_min(label, moment) as newest
    from judged_paper
    group by paper_id
)

select
    searched_paper.number,
    to_json([
        searched_paper.paper_id,
        left(searched_paper.title, 300),
        searched_paper.published_on::varchar,
        searched_paper.date_precision,
        left(searched_paper.venue, 60),
        labelled.label,
        nullif(labelled.newest, labelled.label)
    ]) as record
from searched_paper
left join labelled using (paper_id)
order by searched_paper.number;
