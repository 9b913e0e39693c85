-- Since when PyTorch is ahead of TensorFlow, among all papers and in each field, with its interval.
create or replace macro claim_crossing() as table
select
    case when kind = 'all' then 'all papers' else place end as part,
    first_year || ' to ' || last_year as period,
    papers,
    n,
    year as value,
    earliest as low,
    latest as high,
    case
        when papers > n
            then
                'left out: ' || papers - n || ' of ' || papers || ' papers, of years with fewer than '
                || least_papers()
    end as remark
from crossing
where kind in ('all', 'area');

comment on macro table claim_crossing is
'The year since which PyTorch is ahead of TensorFlow, among all papers and in each field: crossing.';
