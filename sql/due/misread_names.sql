-- Damaged names that do not exist as the link writes them, and may have another reading.
-- $tried: the message of names whose other readings were looked up before.
select
    repo_lookup.name_key,
    min(paper_link.raw_link) as raw_link
from paper_link
inner join repo_lookup
    on
        repo_lookup.host = paper_link.host
        and repo_lookup.name_key = repository_key(paper_link.owner, paper_link.name)
where
    repo_lookup.status = 'not_found'
    and repo_lookup.repo_id is null
    and list_has_any(paper_link.flags, ['repaired', 'maybe_page_number'])
    and repo_lookup.message is distinct from $tried
group by repo_lookup.name_key
order by repo_lookup.name_key
