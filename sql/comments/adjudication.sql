comment on table adjudication is
'One row per disagreement between our label and a source''s that a person has judged by reading '
'the code, data/adjudications.csv.';
comment on column adjudication.unit_id is 'The unit: paper_link.unit_id.';
comment on column adjudication.source is 'The source of the other label: paper_link.source.';
comment on column adjudication.verdict is
'Which label the code supports: ours, source, both or neither.';
comment on column adjudication.reason is 'The evidence in the code that decides the verdict.';
