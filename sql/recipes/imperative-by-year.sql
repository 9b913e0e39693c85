-- When did research code become imperative: how many papers of each year run eagerly?
select * from style_by_year;
