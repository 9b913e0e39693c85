comment on table path_role is
    'One row per pattern of paths that tells what a file is for, data/path_roles.csv. Where several '
    'match, the role that weighs least counts; where none matches, the role is code.';
comment on column path_role.role is
    'third_party, conversion or peripheral: vote_weight.circumstance.';
comment on column path_role.pattern is
    'Regular expression (RE2) that is searched in the path, relative to the repository''s root.';
comment on column path_role.meaning is 'What the pattern finds, in words.';
