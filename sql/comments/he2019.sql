comment on table he2019 is
'One row per conference and year: papers whose text mentions PyTorch or TensorFlow. From Horace '
'He, The State of Machine Learning Frameworks in 2019 (The Gradient), his data table as last '
'updated.';
comment on column he2019.conference is 'The conference: venue.venue.';
comment on column he2019.year is 'Year of the conference.';
comment on column he2019.month is 'Month of the conference, 1 to 12.';
comment on column he2019.pytorch is 'Papers that mention PyTorch.';
comment on column he2019.tensorflow is 'Papers that mention TensorFlow.';
comment on column he2019.papers is 'All papers of the conference.';
