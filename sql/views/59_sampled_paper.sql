-- One row per paper that links to a drawn repository, with the stratum that it was drawn from. Of
-- several drawn repositories, the one of the earliest year counts.
create or replace view sampled_paper as
select
    paper_link.paper_id,
    arg_min(
        sample_repository.stratum, (sample_repository.year, sample_repository.repository)
    ) as stratum,
    arg_min(
        sample_repository.weight, (sample_repository.year, sample_repository.repository)
    ) as weight
from corrected_link as paper_link
inner join sample_repository
    on
        paper_link.host || '/' || repository_key(paper_link.owner, paper_link.name)
        = sample_repository.repository
group by paper_link.paper_id;

comment on view sampled_paper is
'One row per paper that links to a drawn repository: its stratum and weight. Empty if the code '
'does not come from a recorded sample.';
comment on column sampled_paper.paper_id is 'The paper: paper.paper_id.';
comment on column sampled_paper.stratum is 'Its stratum: sample_repository.stratum.';
comment on column sampled_paper.weight is
'Repositories of the lists that its repository stands for: sample_repository.weight.';
