-- Our share of PyTorch at the conferences of some years: he2019_comparison has Horace He's beside it.
create or replace macro claim_he(first_year, last_year) as table
select
    venue || ' ' || year as part,
    year::varchar as period,
    papers,
    n,
    share as value,
    share_low as low,
    share_high as high
from he2019_comparison
where n > 0 and year between first_year and last_year;

comment on macro table claim_he is
'Our share of PyTorch at each conference of some years, among papers with PyTorch or TensorFlow '
'code.';
