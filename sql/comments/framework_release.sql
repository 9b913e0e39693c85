comment on table framework_release is
'One row per framework or variant of a framework, with its first release: '
'data/framework_releases.csv.';
comment on column framework_release.framework is 'The framework: framework.framework.';
comment on column framework_release.variant is
'The variant that released_on dates. Null for the framework itself.';
comment on column framework_release.released_on is
'First day on which the public could use it. If precision is month or year: the first day of that '
'month or year.';
comment on column framework_release.precision is 'How exact released_on is: day, month or year.';
comment on column framework_release.what is 'The event of that day, in words.';
comment on column framework_release.reference is 'Address of a document that gives the date.';
