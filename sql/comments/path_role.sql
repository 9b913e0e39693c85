comment on table path_role is
'One row per path pattern that tells the role of a file, data/path_roles.csv. Of several matches '
'the role with the lowest weight counts; a file without a match has the role code.';
comment on column path_role.role is
'copy, third_party, conversion or peripheral: vote_weight.circumstance.';
comment on column path_role.pattern is
'Regular expression (RE2) for a part of the path, relative to the repository''s root.';
comment on column path_role.meaning is 'What the pattern finds, in words.';
