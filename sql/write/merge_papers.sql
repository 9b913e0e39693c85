-- Merge papers that several sources know: those with one DOI, or with one title of at least five
-- words and dates within a year. They come under one id, the arXiv id if there is one. A second run
-- changes nothing.
create or replace temporary table merge as
with titled as (
    select
        paper_id,
        doi,
        published_on,
        trim(regexp_replace(lower(strip_accents(title)), '[^a-z0-9]+', ' ', 'g')) as title_key
    from paper
),

pairs as (
    select
        other.paper_id as alias,
        chosen.paper_id,
        'doi' as reason
    from titled as other
    inner join titled as chosen on lower(other.doi) = lower(chosen.doi)
    union all
    select
        other.paper_id as alias,
        chosen.paper_id,
        'title' as reason
    from titled as other
    inner join titled as chosen on other.title_key = chosen.title_key
    where
        len(string_split(other.title_key, ' ')) >= 5
        and abs(date_diff('day', other.published_on, chosen.published_on)) <= 366
        -- an arXiv id gives way to another alone, and both are papers, even with one title
        and other.paper_id not like 'arxiv:%'
)

select
    alias,
    min_by(paper_id, (paper_id not like 'arxiv:%', paper_id)) as paper_id,
    min_by(reason, (paper_id not like 'arxiv:%', paper_id, reason)) as reason
from pairs
where (paper_id not like 'arxiv:%', paper_id) < (alias not like 'arxiv:%', alias)
group by alias;

-- if a paper's target has a target of its own, the next call merges the rest
delete from merge
where paper_id in (select alias from merge);

update paper_alias
set paper_id = merge.paper_id
from merge
where paper_alias.paper_id = merge.alias;

insert into paper_alias by name
from merge
on conflict do update set paper_id = excluded.paper_id;

-- values that an alias has and its paper lacks
update paper
set
    published_on = known.published.day,
    date_precision = known.published.precision,
    doi = coalesce(paper.doi, known.doi),
    venue = coalesce(paper.venue, known.venue),
    venue_year = coalesce(paper.venue_year, known.venue_year),
    title = coalesce(paper.title, known.title)
from (
    select
        merge.paper_id,
        min(other.doi) as doi,
        min(other.venue) as venue,
        min(other.venue_year) as venue_year,
        min(other.title) as title,
        -- the more precise date; of two equally precise dates, the earlier
        min_by(
            {'day': other.published_on, 'precision': other.date_precision},
            (other.date_precision, other.published_on)
        ) as published
    from merge
    inner join paper as other on other.paper_id in (merge.alias, merge.paper_id)
    group by merge.paper_id
) as known
where paper.paper_id = known.paper_id;

insert into paper_link by name
select paper_link.* replace (merge.paper_id as paper_id)
from paper_link
inner join merge on merge.alias = paper_link.paper_id
on conflict do nothing;

delete from paper_link
where paper_id in (select alias from merge);

-- of several aliases, a commit before a failure, then the newest
insert into paper_commit by name
select paper_commit.* replace (merge.paper_id as paper_id)
from paper_commit
inner join merge on merge.alias = paper_commit.paper_id
qualify
    row_number() over (
        partition by merge.paper_id, paper_commit.unit_id
        order by paper_commit.commit_id is null, paper_commit.found_at desc, merge.alias
    ) = 1
on conflict do nothing;

delete from paper_commit
where paper_id in (select alias from merge);

delete from paper
where paper_id in (select alias from merge);

drop table merge;
