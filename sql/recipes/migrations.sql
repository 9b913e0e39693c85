-- Which repositories moved from one framework to another, when, and which lines prove it?
select
    unit_id,
    from_series,
    to_series,
    from_at::date as last_day_before,
    to_at::date as first_day_after,
    commits_before,
    commits_after,
    commits_with_both,
    from_commit,
    from_evidence[1] as from_line,
    to_commit,
    to_evidence[1] as to_line
from framework_migration
order by to_at, unit_id;
