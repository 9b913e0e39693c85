comment on table progress_mark is
'One row per value that the next run needs: cursors of paper sources, GraphQL''s batch size, '
'versions of the rules.';
comment on column progress_mark.name is
'cursor:<source>, graphql_batch, link_parser (version of the link parser), rules (hash of the '
'rules in the database), changed (the last write that can change an answer) or published (the '
'state that was published).';
comment on column progress_mark.mark is 'The value. Only the code that writes it can read it.';
comment on column progress_mark.set_at is 'When it was last written (UTC).';
