comment on table source_label is
'One row per word that a paper source uses for a framework, data/source_labels.csv. Papers with '
'Code says tf for TensorFlow and Keras, torch for Torch7, and caffe2 mostly for the original '
'Caffe. Its word none has no row: it means not detected and claims nothing.';
comment on column source_label.source_label is 'The word, in lower case.';
comment on column source_label.family is
'The framework family that the word means: framework.family.';
comment on column source_label.other_family is
'Another family that the word can mean. Our label agrees with the word if it is one of the two.';
