comment on table paper is 'One row per paper.';
comment on column paper.paper_id is
'arxiv:<id without version> where the arXiv id is known, else <source>:<the source''s own id, '
'page, DOI or a hash of the title>.';
comment on column paper.title is 'Title, from the last source that gave one.';
comment on column paper.published_on is
'First public date. With precision month or year: the first day of that month or year. If sources '
'give several dates, the most precise one counts, then the earliest.';
comment on column paper.date_precision is
'Precision of published_on: day, month or year. Null where the date is unknown.';
comment on column paper.venue is
'Conference or journal as a source writes it, from the last source that gave one. paper_venue has '
'one name for each venue.';
comment on column paper.venue_year is 'Year of the venue, from the last source that gave one.';
comment on column paper.arxiv_id is
'arXiv id without version, for example 2101.00001 or cs/0112017.';
comment on column paper.doi is 'Digital object identifier.';
comment on column paper.seen_at is 'When a source first gave this paper (UTC).';
