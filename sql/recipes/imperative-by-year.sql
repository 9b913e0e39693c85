-- How many papers of each year have eager code?
select * from style_by_year;
