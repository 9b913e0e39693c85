-- One row per key, in the order of its bytes: the numbers of the papers that it finds.
select
    key,
    list(number order by number) as numbers
from paper_key
group by key
order by key;
