-- Commits of papers, or the reasons why there are none. A failure leaves a known commit and the
-- time of its finding as they are, so the paper stays due and the next run tries again. A commit
-- whose scan failed has the failure as its status, and is not known in this sense.
insert into paper_commit by name
with numbered as (
    select
        *,
        row_number() over () as place
    from incoming
)

select numbered.* exclude (place)
from numbered
inner join outcome_status
    on outcome_status.step = 'history' and outcome_status.status = numbered.status
left join paper_commit as known using (paper_id, unit_id)
left join outcome_status as known_status
    on known_status.step = 'history' and known_status.status = known.status
where
    outcome_status.means = 'answer'
    or known.commit_id is null
    or known_status.means <> 'answer'
qualify row_number() over (partition by paper_id, unit_id order by place desc) = 1
on conflict do update set
    asked_until = excluded.asked_until,
    commit_id = excluded.commit_id,
    committed_at = excluded.committed_at,
    status = excluded.status,
    message = excluded.message,
    notes = excluded.notes,
    lag_days = excluded.lag_days,
    first_committed_at = excluded.first_committed_at,
    found_at = excluded.found_at
