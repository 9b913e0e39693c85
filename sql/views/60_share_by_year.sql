-- One row per year, denominator and family: its share of the papers of that year.
create or replace view share_by_year as
select
    year(period_start) as year,
    * exclude (period_start)
from share_over('paper', 'year')
order by all;

comment on view share_by_year is
'Share of each framework family among the papers of a year, with n and a Wilson 95% interval, by '
'denominator.';
comment on column share_by_year.year is 'Year of the paper''s first public date.';
comment on column share_by_year.denominator is
'pytorch_tensorflow (papers with PyTorch or TensorFlow code), any_framework, with_code (papers '
'whose code could be read).';
comment on column share_by_year.family is
'Framework family: keras counts with tensorflow. none: code that imports no framework.';
comment on column share_by_year.papers is 'Papers of this family.';
comment on column share_by_year.n is 'Papers in the denominator.';
comment on column share_by_year.share is 'papers / n.';
comment on column share_by_year.share_low is 'Lower end of the 95% interval.';
comment on column share_by_year.share_high is 'Upper end of the 95% interval.';
