-- Links of a source, under the id that their papers have here.
insert into paper_link by name
select incoming.* replace (coalesce(paper_alias.paper_id, incoming.paper_id) as paper_id)
from incoming
left join paper_alias on paper_alias.alias = incoming.paper_id
qualify
    row_number() over (
        partition by
            coalesce(paper_alias.paper_id, incoming.paper_id),
            incoming.source,
            incoming.raw_link
        order by incoming.paper_id
    ) = 1
on conflict do update set
    unit_id = excluded.unit_id,
    host = excluded.host,
    owner = excluded.owner,
    name = excluded.name,
    ref = excluded.ref,
    subdir = excluded.subdir,
    flags = excluded.flags,
    problem = excluded.problem,
    problem_message = excluded.problem_message,
    is_official = excluded.is_official,
    source_label = excluded.source_label,
    source_stars = coalesce(excluded.source_stars, paper_link.source_stars)
