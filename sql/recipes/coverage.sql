-- How many papers of each year could be judged, and what became of the others?
select *
from coverage;
