-- One row per paper and key that finds it. A key is a word (of the title, the venue, the owner or the
-- name of a repository; or a year), owner/name, an arXiv id, or a DOI. Words have neither capitals nor
-- accents, and at most 60 characters. "GPT-2" gives gpt, 2 and gpt2. The script assets/search.js splits
-- what a reader types in the same way.
create or replace temp table paper_key as
with linked as (
    select distinct
        searched_paper.number,
        unnest([
            repository_key(unit.owner, unit.name),
            repository_key(repo.owner, repo.name)
        ]) as repository
    from searched_paper
    inner join corrected_link using (paper_id)
    inner join unit using (unit_id)
    left join repo using (repo_id)
),

texts as (
    select
        number,
        lower(strip_accents(concat_ws(
            ' ', title, venue, source_venue, venue_year, year(published_on)
        ))) as text
    from searched_paper
    union all
    select
        number,
        lower(strip_accents(replace(repository, '/', ' '))) as text
    from linked
    where repository is not null
),

words as (
    select
        number,
        unnest(
            regexp_extract_all(text, '[\p{L}\p{N}]+')
            || list_transform(
                regexp_extract_all(text, '[\p{L}\p{N}]+(-[\p{L}\p{N}]+)+'),
                lambda compound: replace(compound, '-', '')
            )
        ) as word
    from texts
)

select distinct
    left(word, 60) as key,
    number
from words
union
select
    repository as key,
    number
from linked
where repository is not null
union
select
    unnest([lower(arxiv_id), lower(doi)]) as key,
    number
from searched_paper;

delete from paper_key
where key is null;
