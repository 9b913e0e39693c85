comment on table history_note is
'One row per note on the choice of a paper''s commit: data/history_notes.csv.';
comment on column history_note.note is 'The key of the note, as in paper_commit.notes.';
comment on column history_note.words is 'The note in words for readers.';
