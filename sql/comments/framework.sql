comment on table framework is
'One row per framework, data/frameworks.csv. The row none stands for code that imports no '
'framework.';
comment on column framework.framework is 'The framework''s key in every table and view.';
comment on column framework.name is 'Its name for readers.';
comment on column framework.family is
'The group in which shares count it: the framework itself. For keras it is tensorflow, unless the '
'code sets another backend (keras_backend).';
comment on column framework.style is
'graph or eager where all of its code has one style; else null.';
comment on column framework.colour is 'Its colour on every chart, as #rrggbb.';
