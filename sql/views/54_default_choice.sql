-- One row: which code of papers the views of shares count. Where no commit of the time is known yet,
-- only the newest commits are there.
create or replace view default_choice as
select if(count(*) = 0, 'now', 'then') as choice
from paper_commit
where commit_id is not null;

comment on view default_choice is 'One row: which code of papers the views of shares count.';
comment on column default_choice.choice is
'then, or now as long as paper_commit has no commit: dated_paper.choices.';
