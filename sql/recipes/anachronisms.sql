-- Which code uses a framework that did not exist when the code was committed, and why?
select *
from anachronism;
