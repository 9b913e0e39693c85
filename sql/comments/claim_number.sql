comment on table claim_number is
'One row per number that a claim states or implies, data/claim_numbers.csv.';
comment on column claim_number.claim is 'The claim: claim.claim.';
comment on column claim_number.part is
'Subject of the number, for example a framework, a field or a period.';
comment on column claim_number.rule is
'How claim_verdict compares our number with it: equals, above, below or by. Null for a number of '
'ours that only gives context.';
comment on column claim_number.claimed is
'The number that the claim states, or the limit that its words imply: a share (0 to 1), a change '
'of a share or a year. Null without a rule.';
