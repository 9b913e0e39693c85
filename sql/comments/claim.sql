comment on table claim is
'One row per published claim about the frameworks of research, data/claims.csv.';
comment on column claim.claim is 'Name of the claim.';
comment on column claim.title is 'The claim in a few words.';
comment on column claim.who is 'Who made it.';
comment on column claim.published is 'When: a year, a month or a day.';
comment on column claim.quote is 'Their words.';
comment on column claim.publication is 'Where they stand.';
comment on column claim.reference is 'Address of the publication, or of a copy of it.';
comment on column claim.measured is 'What they measured.';
comment on column claim.definition is 'What we count to check the claim.';
comment on column claim.difference is 'How our number differs from theirs.';
comment on column claim.answer is 'The macro that gives our numbers: claim_answer reads it.';
