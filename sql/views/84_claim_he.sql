-- Our share of PyTorch at the conferences of some years: he2019_comparison has Horace He's beside it.
-- A conference that he counted has a row, too, where we have no paper that counts.
create or replace macro claim_he(first_year, last_year) as table
with known as (
    select
        paper_venue.venue,
        year(paper_date.published_on) as year,
        count(*) as collected
    from paper_venue
    inner join paper_date using (paper_id)
    group by all
),

counted as (
    select
        venue || ' ' || year as part,
        year::varchar as period,
        papers,
        coalesce(n, 0) as n,
        share as value,
        share_low as low,
        share_high as high,
        coalesce(known.collected, 0) as collected
    from he2019_comparison
    left join known using (venue, year)
    where year between first_year and last_year
)

select
    *,
    case
        when collected > 0
            then n || ' of ' || collected || ' papers collected have PyTorch or TensorFlow code'
    end as remark
from counted;

comment on macro table claim_he is
'Our share of PyTorch at each conference of some years, among papers with PyTorch or TensorFlow '
'code. n is 0 for a conference that Horace He counted and of which no paper counts here.';
