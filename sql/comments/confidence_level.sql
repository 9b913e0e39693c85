comment on table confidence_level is
'One row per level of confidence, data/confidence_levels.csv. A label has the strictest level '
'whose four minimum values its family reaches.';
comment on column confidence_level.confidence is 'high, medium or low.';
comment on column confidence_level.weight_from is
'Minimum sum of the votes of the family''s files (family_vote.weight).';
comment on column confidence_level.vote_from is
'Minimum for the largest vote of a single file of the family.';
comment on column confidence_level.share_from is
'Minimum share of the family in the weight of all frameworks, 0 to 1.';
comment on column confidence_level.code_share_from is
'Minimum of the votes of the family''s files divided by the number of code files, 0 to 1. Files in '
'languages that the scanner cannot read count as code files too.';
comment on column confidence_level.meaning is 'What the level means, in words.';
