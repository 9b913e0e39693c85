-- A year with fewer papers has no say in the headline, in a crossing and in the findings.
create or replace macro least_papers() as 10;

comment on macro least_papers is
'Minimum number of papers that a year needs to count in the headline, in crossing and in finding, '
'and that a number needs for claim_verdict.';
