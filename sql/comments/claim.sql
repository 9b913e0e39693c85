comment on table claim is
'One row per published claim about the frameworks of research, data/claims.csv.';
comment on column claim.claim is 'Name of the claim.';
comment on column claim.title is 'The claim in a few words.';
comment on column claim.who is 'Author of the claim.';
comment on column claim.published is 'Date of the claim: a year, a month or a day.';
comment on column claim.quote is 'The claim in the words of its author.';
comment on column claim.publication is 'Title of the publication that contains the quote.';
comment on column claim.reference is 'Address of the publication, or of a copy of it.';
comment on column claim.measured is 'The measurement behind the claim, in words.';
comment on column claim.definition is 'The count with which we check the claim, in words.';
comment on column claim.difference is 'How our number differs from theirs.';
comment on column claim.answer is
'The macro that gives our numbers. The view claim_answer calls it.';
