-- What our number says about a claimed number. Fewer than least_papers() tell nothing.
-- 1. equals: the claimed number lies in our interval. An interval wider than 30 points would hold
--    almost any number: it tells nothing, unless the claimed number lies outside.
-- 2. above, below: our whole interval is above or below the claimed number.
-- 3. by: our whole interval of years ends in the claimed year or before.
create or replace macro claim_verdict(rule, claimed, low, high, n) as case
    when rule is null then null
    when coalesce(n, 0) < least_papers() then 'cannot be told'
    when rule = 'equals' and not claimed between low and high then 'not borne out'
    when rule = 'equals' and high - low <= 0.3 then 'borne out'
    when rule = 'above' and low > claimed then 'borne out'
    when rule = 'above' and high <= claimed then 'not borne out'
    when rule = 'below' and high < claimed then 'borne out'
    when rule = 'below' and low >= claimed then 'not borne out'
    when rule = 'by' and high <= claimed then 'borne out'
    when rule = 'by' and low > claimed then 'not borne out'
    else 'cannot be told'
end;

comment on macro claim_verdict is
'The verdict of our 95% interval on a claimed number: borne out, not borne out or cannot be told. '
'rule is equals, above, below or by (a year). Null without a rule.';

-- Why the verdict cannot be told. Nobody collected papers, or those collected do not count, or they
-- are too few, or their interval is too wide. The reasons exclude each other.
create or replace macro claim_reason(verdict, rule, n, collected) as case
    when verdict is distinct from 'cannot be told' then null
    when coalesce(n, 0) = 0 and collected = 0
        then 'no papers of that conference and year collected'
    when coalesce(n, 0) = 0 and collected > 0
        then 'papers collected, but none with PyTorch or TensorFlow code that we could read'
    when coalesce(n, 0) = 0 then 'no paper counts'
    when n < least_papers() then 'fewer than ' || least_papers() || ' papers'
    when rule = 'equals'
        then 'interval too wide: more than 30 percentage points'
    when rule = 'by' then 'interval too wide: it does not end by that year'
    else 'interval too wide: it reaches to both sides of the limit'
end;

comment on macro claim_reason is
'Why claim_verdict says that a number cannot be told: no papers collected, none that counts, too '
'few, or an interval that is too wide. Null for other verdicts. collected is '
'claim_answer.collected.';

-- One row per number that a claim states, with ours beside it.
create or replace view claim_check as
select
    claimed_number.claim,
    claimed_number.part,
    claim_answer.period,
    claimed_number.rule,
    claimed_number.claimed,
    claim_answer.value,
    claim_answer.low,
    claim_answer.high,
    claim_answer.papers,
    coalesce(claim_answer.n, 0) as n,
    claim_verdict(
        claimed_number.rule,
        claimed_number.claimed,
        claim_answer.low,
        claim_answer.high,
        claim_answer.n
    ) as verdict,
    claim_reason(
        verdict, claimed_number.rule, claim_answer.n, claim_answer.collected
    ) as reason,
    claim_answer.collected,
    claim_answer.remark
from claimed_number
left join claim_answer using (claim, part)
order by all;

comment on view claim_check is
'One row per number that a claim states, with our number and a verdict: borne out, not borne out '
'or cannot be told.';
comment on column claim_check.claim is 'The claim: claim.claim.';
comment on column claim_check.part is 'Subject of the number: claimed_number.part.';
comment on column claim_check.period is 'The years or months of our papers: claim_answer.period.';
comment on column claim_check.rule is 'How claim_verdict compares both numbers: claim_number.rule.';
comment on column claim_check.claimed is 'The claimed number: claimed_number.claimed.';
comment on column claim_check.value is 'Our number: claim_answer.value.';
comment on column claim_check.low is 'Lower end of our 95% interval: claim_answer.low.';
comment on column claim_check.high is 'Upper end of our 95% interval: claim_answer.high.';
comment on column claim_check.papers is
'Papers or repositories that our number counts: claim_answer.papers.';
comment on column claim_check.n is
'Papers or repositories among which they are counted: claim_answer.n. 0 without data.';
comment on column claim_check.verdict is 'The verdict of claim_verdict. Null without a rule.';
comment on column claim_check.reason is
'Why the verdict cannot be told, in words: claim_reason. Null for other verdicts.';
comment on column claim_check.collected is
'Papers of the conference and year that the sources name: claim_answer.collected.';
comment on column claim_check.remark is
'Counts that a reader of our number must know: claim_answer.remark.';
