comment on table vote_weight is
'One row per circumstance that sets the weight of an import''s vote, data/vote_weights.csv. A '
'vote has the product of the weights of all circumstances that apply.';
comment on column vote_weight.circumstance is
'code or a role of path_role; guarded or dynamic (import_fact.kind); net, interoperability, local, '
'declared_beside_imports or declared_alone: framework_import explains them.';
comment on column vote_weight.weight is 'Factor of the vote, 0 to 1.';
comment on column vote_weight.why is
'The circumstance in words, for framework_import.why. Null for code.';
