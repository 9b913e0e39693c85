-- What do published claims say of the frameworks of research, and do our numbers bear them out?
select
    claim.title,
    claim_check.* exclude (claim, rule)
from claim_check
inner join claim using (claim)
order by claim.published, claim.claim, claim_check.part;
