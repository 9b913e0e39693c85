-- One row per quarter, denominator and family: its share of the papers of that quarter.
create or replace view share_by_quarter as
select
    period_start as quarter,
    * exclude (period_start)
from share_over('paper', 'quarter')
order by all;

comment on view share_by_quarter is
'As share_by_year, by quarter of the paper''s first public date. Papers dated by year alone are '
'left out.';
comment on column share_by_quarter.quarter is 'First day of the quarter.';
comment on column share_by_quarter.denominator is 'As in share_by_year.';
comment on column share_by_quarter.family is
'Framework family: keras counts with tensorflow. none: code that imports no framework.';
comment on column share_by_quarter.papers is 'Papers of this family.';
comment on column share_by_quarter.n is 'Papers in the denominator.';
comment on column share_by_quarter.share is 'papers / n.';
comment on column share_by_quarter.share_low is 'Lower end of the 95% interval.';
comment on column share_by_quarter.share_high is 'Upper end of the 95% interval.';
