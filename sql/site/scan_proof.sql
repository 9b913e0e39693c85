-- One row per scan that a paper shows: its label, the lines that prove it and what voted less, as JSON.
-- Lists are cut: the lines of at most eight frameworks, and ten groups of lowered imports.
create or replace temp table scan_proof as
with shown as (
    select distinct scan_id
    from paper_moment
    where scan_id is not null
),

frameworks as (
    select
        repo_framework.scan_id,
        list(
            {
                'framework': repo_framework.framework,
                'weight': repo_framework.score::double,
                'files': repo_framework.files,
                'imports': repo_framework.imports,
                'lines': list_transform(
                    repo_framework.evidence,
                    lambda proof: json_array(proof.path, proof.line, proof.module)
                )
            }
            order by
                repo_framework.score desc,
                repo_framework.imports desc,
                repo_framework.framework
        )[:8] as frameworks
    from repo_framework
    semi join shown using (scan_id)
    group by repo_framework.scan_id
),

lowered as (
    select
        lowered_import.scan_id,
        count(*) as groups,
        list(
            {
                'framework': lowered_import.framework,
                'weight': lowered_import.weight::double,
                'imports': lowered_import.imports,
                'why': lowered_import.why,
                'line': json_array(
                    lowered_import.first.path,
                    lowered_import.first.line,
                    lowered_import.first.module
                )
            }
            order by lowered_import.imports desc, lowered_import.framework, lowered_import.why
        )[:10] as lowered
    from lowered_import
    semi join shown using (scan_id)
    group by lowered_import.scan_id
)

select
    shown.scan_id,
    to_json({
        'label': repo_label.label,
        'family': repo_label.family,
        'variant': repo_label.variant,
        'style': repo_label.style,
        'share': repo_label.dominance,
        'confidence': repo_label.confidence,
        'basis': repo_label.basis,
        'frameworks': coalesce(frameworks.frameworks, []),
        'names': list_transform(
            if(repo_label.variant is null, null, repo_variant.evidence),
            lambda proof: json_array(proof.path, proof.line, proof.name)
        ),
        'lowered': coalesce(lowered.lowered, []),
        'lowered_groups': coalesce(lowered.groups, 0)
    }) as proof
from shown
inner join repo_label on shown.scan_id = repo_label.scan_id
left join frameworks on shown.scan_id = frameworks.scan_id
left join lowered on shown.scan_id = lowered.scan_id
left join repo_variant on shown.scan_id = repo_variant.scan_id;
