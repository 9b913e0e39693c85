-- Which repositories moved from one framework to another, when, and which lines prove it?
select
    unit_id,
    from_series,
    to_series,
    from_at::date as last_day_before,
    to_at::date as first_day_after,
    from_commit[:10] as commit_before,
    format(
        '{}:{} {}', from_evidence[1].path, from_evidence[1].line, from_evidence[1].name
    ) as line_before,
    to_commit[:10] as commit_after,
    format('{}:{} {}', to_evidence[1].path, to_evidence[1].line, to_evidence[1].name) as line_after
from framework_migration
order by to_at, unit_id;
