comment on table confidence_level is
    'One row per confidence of a label, data/confidence_levels.csv. A label has the strictest one '
    'whose weight and share its family reaches.';
comment on column confidence_level.confidence is 'high, medium or low.';
comment on column confidence_level.weight_from is
    'Least weight of the family''s files together (family_vote).';
comment on column confidence_level.share_from is
    'Least share of the family in the weight of all frameworks, 0 to 1.';
comment on column confidence_level.meaning is 'What that means, in words.';
