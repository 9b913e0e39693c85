-- A year with fewer papers has no say in the headline, in a crossing and in the findings.
create or replace macro least_papers() as 10;

comment on macro least_papers is
'Papers that a year needs to have a say in the headline, in crossing and in finding.';
