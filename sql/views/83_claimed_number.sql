-- One row per number that a claim states. Horace He's shares of conferences come from his counts:
-- those of 2019, the same against one half, and those after 2019.
create or replace view claimed_number as
with he as (
    select
        conference || ' ' || year as part,
        year,
        pytorch / (pytorch + tensorflow) as share
    from he2019
    where year >= 2019 and pytorch + tensorflow > 0
)

select
    claim,
    part,
    rule,
    claimed
from claim_number
union all
select
    case when year = 2019 then 'he_2019' else 'he_2022' end as claim,
    part,
    'equals' as rule,
    share as claimed
from he
union all
select
    'he_2019_majority' as claim,
    part,
    'above' as rule,
    0.5 as claimed
from he
where year = 2019;

comment on view claimed_number is
'One row per number that a claim states: those of claim_number, and the shares of conferences that '
'Horace He counted (he2019).';
comment on column claimed_number.claim is 'The claim: claim.claim.';
comment on column claimed_number.part is
'Subject of the number: claim_number.part, or a conference and its year.';
comment on column claimed_number.rule is
'How claim_verdict compares the number with ours: claim_number.rule.';
comment on column claimed_number.claimed is
'The claimed number: claim_number.claimed, or a share from he2019.';
