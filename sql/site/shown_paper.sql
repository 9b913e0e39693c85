-- One row per paper: its entry as JSON, without its repositories. Its id tells the address of its page.
create or replace temp table shown_paper as
with counted as (
    select
        paper_id,
        list(
            {
                'moment': moment,
                'label': label,
                'family': family,
                'variant': variant,
                'unit': unit_id,
                'alike': repositories,
                'judged': repositories_judged,
                'is_of_time': is_of_time,
                'in_charts': in_charts,
                'left_out': left_out
            }
            order by moment desc
        ) as counted
    from judged_paper
    group by paper_id
),

unusable as (
    select
        corrected_link.paper_id,
        list(
            {
                'link': left(corrected_link.raw_link, 300),
                'why': coalesce(outcome_status.words, corrected_link.problem)
            }
            order by corrected_link.raw_link
        )[:10] as links
    from corrected_link
    left join outcome_status
        on outcome_status.step = 'links' and corrected_link.problem = outcome_status.status
    where corrected_link.unit_id is null
    group by corrected_link.paper_id
),

by_hand as (
    select
        item as paper_id,
        list(
            {
                'kind': kind,
                'old': old,
                'new': new,
                'reason': reason,
                'author': author,
                'day': decided_on::varchar
            }
            order by csv_row
        )[:5] as corrections
    from correction
    where kind <> 'label' and is_applied
    group by item
)

select
    searched_paper.number,
    to_json({
        'id': searched_paper.paper_id,
        'title': left(searched_paper.title, 1000),
        'day': searched_paper.published_on::varchar,
        'precision': searched_paper.date_precision,
        'venue': left(searched_paper.venue, 200),
        'year': searched_paper.venue_year,
        'arxiv': searched_paper.arxiv_id,
        'doi': searched_paper.doi,
        'page': case
            when regexp_matches(searched_paper.paper_id, '^list:([a-z0-9-]+\.)+[a-z]+/')
                then 'https://' || searched_paper.paper_id[6:]
            when starts_with(searched_paper.paper_id, 'openreview:')
                then 'https://openreview.net/forum?id=' || searched_paper.paper_id[12:]
            when starts_with(searched_paper.paper_id, 'anthology:')
                then 'https://aclanthology.org/' || searched_paper.paper_id[11:]
            when starts_with(searched_paper.paper_id, 'pmlr:')
                then 'https://proceedings.mlr.press/' || searched_paper.paper_id[6:] || '.html'
        end,
        'counted': coalesce(counted.counted, []),
        'unusable': coalesce(unusable.links, []),
        'corrections': coalesce(by_hand.corrections, [])
    }) as paper
from searched_paper
left join counted using (paper_id)
left join unusable using (paper_id)
left join by_hand using (paper_id);
