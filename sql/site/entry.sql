-- One row per paper from $first to $last, in the order of its number: its entry as JSON, and its
-- repositories, each as JSON. The moment `now` has no lines of its own if it has the scan of `then`.
with repositories as (
    select
        repository.number,
        list(
            to_json({
                'unit': repository.unit_id,
                'host': repository.host,
                'owner': repository.owner,
                'name': repository.name,
                'directory': repository.subdir,
                'ref': repository.ref,
                'is_official': repository.is_official,
                'stars': repository.stars,
                'papers': repository.papers,
                'decides': repository.decides,
                'claims': repository.claims,
                'corrections': repository.corrections,
                'at_paper': of_then.shown,
                'at_paper_proof': then_proof.proof,
                'newest': of_now.shown,
                'newest_proof': if(of_now.scan_id = of_then.scan_id, null, now_proof.proof),
                'is_same': coalesce(of_now.scan_id = of_then.scan_id, false)
            })
            order by repository.place
        ) as repositories
    from shown_repository as repository
    left join shown_moment as of_then
        on
            of_then.moment = 'then'
            and repository.number = of_then.number
            and repository.unit_id = of_then.unit_id
    left join shown_moment as of_now
        on
            of_now.moment = 'now'
            and repository.number = of_now.number
            and repository.unit_id = of_now.unit_id
    left join scan_proof as then_proof on of_then.scan_id = then_proof.scan_id
    left join scan_proof as now_proof on of_now.scan_id = now_proof.scan_id
    where repository.number between $first and $last
    group by repository.number
)

select
    shown_paper.number,
    shown_paper.paper,
    coalesce(repositories.repositories, []) as repositories
from shown_paper
left join repositories using (number)
where shown_paper.number between $first and $last
order by shown_paper.number;
