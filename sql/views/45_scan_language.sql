-- One row per scan with imports: the language of most of its importing files.
-- Ties: alphabetical order.
create or replace view scan_language as
with files as (
    select
        scan_id,
        language,
        count(distinct path) as files
    from import_fact
    where kind <> 'declared' and language <> 'package'
    group by scan_id, language
)

select
    scan_id,
    language
from files
qualify row_number() over (partition by scan_id order by files desc, language) = 1;

comment on view scan_language is
'One row per scan whose code imports a module, with the language of most of its importing files.';
comment on column scan_language.scan_id is 'The scan: scan.scan_id.';
comment on column scan_language.language is
'The language: import_fact.language. A notebook counts as the language of its cells.';
