comment on table source_label is
    'One row per word that a paper source uses for a framework, data/source_labels.csv. Papers with '
    'Code says tf for TensorFlow and Keras, torch for Torch7, and caffe2 mostly for the original '
    'Caffe. Its none means not detected: it is no claim, and has no row.';
comment on column source_label.source_label is 'The word, in lower case.';
comment on column source_label.family is 'The framework family that it means: framework.family.';
comment on column source_label.other_family is
    'Another family that it may mean as well. Our label agrees with the word where it is either.';
