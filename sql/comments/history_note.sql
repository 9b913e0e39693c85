comment on table history_note is
'One row per circumstance in which the commit of a paper was chosen: data/history_notes.csv.';
comment on column history_note.note is 'The circumstance, as in paper_commit.notes.';
comment on column history_note.words is 'The circumstance in words for readers.';
