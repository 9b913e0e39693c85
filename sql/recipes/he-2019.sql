-- What does Horace He count in the words of papers, and what do we count in their code?
select
    venue,
    year,
    he_share as he_pytorch_share,
    he_mentions,
    share as our_pytorch_share,
    share_low,
    share_high,
    n
from he2019_comparison
where he_share is not null and share is not null
order by venue, year;
