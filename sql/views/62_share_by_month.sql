-- One row per month, denominator and family: its share of the papers of that month.
create or replace view share_by_month as
select
    period_start as month,
    * exclude (period_start)
from share_over('paper', 'month')
order by all;

comment on view share_by_month is
'As share_by_year, by month of the paper''s first public date. Papers dated by year alone are '
'left out.';
comment on column share_by_month.month is 'First day of the month.';
comment on column share_by_month.denominator is 'As in share_by_year.';
comment on column share_by_month.family is
'Framework family: keras counts with tensorflow. none: code that imports no framework.';
comment on column share_by_month.papers is 'Papers of this family.';
comment on column share_by_month.n is 'Papers in the denominator.';
comment on column share_by_month.share is 'papers / n.';
comment on column share_by_month.share_low is 'Lower end of the 95% interval.';
comment on column share_by_month.share_high is 'Upper end of the 95% interval.';
