comment on table vote_weight is
    'One row per circumstance of an import and what the import''s vote weighs in it, '
    'data/vote_weights.csv. A vote weighs the product of all that apply.';
comment on column vote_weight.circumstance is
    'A role of path_role, or code; a kind of import_fact; interoperability, local, '
    'declared_beside_imports or declared_alone (framework_import).';
comment on column vote_weight.weight is 'Factor of the vote, 0 to 1.';
comment on column vote_weight.why is
    'The circumstance in words, as framework_import.why shows it. Null where the vote is a full one.';
