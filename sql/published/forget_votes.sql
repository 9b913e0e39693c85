-- Removes the votes, and the names that only votes mention.
truncate stored.vote_line;

truncate stored.circumstance;

delete from stored.mention
where mention_no not in (select distinct import_line.mention_no from stored.import_line);
