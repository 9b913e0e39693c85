-- Removes the votes, and the names that only votes mention.
truncate stored.vote_line;

truncate stored.circumstance;

delete from stored.mention
where not is_imported;
