-- One row: which code the views of shares count. Before `adoption collect history` has found a
-- commit, only the newest commits are available.
create or replace view default_choice as
select if(count(*) = 0, 'now', 'then') as choice
from paper_commit
where commit_id is not null;

comment on view default_choice is 'One row: the code that the views of shares count.';
comment on column default_choice.choice is
'A value of dated_paper.choices: then, or now if paper_commit has no commit yet.';
