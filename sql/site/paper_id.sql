-- One row per paper, in the order of the bytes of its id.
select
    paper_id,
    number
from searched_paper
order by paper_id;
