-- What is PyTorch's share at each venue and year?
select *
from share_by_venue
order by venue, year;
