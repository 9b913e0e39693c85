-- When did research code become imperative? Papers whose code runs eagerly, among those whose style is known.
select * from style_by_year;
