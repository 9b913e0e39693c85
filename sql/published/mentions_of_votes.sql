-- The mentions of votes that no import of these scans has. Unqualified names mean the laboratory.
create or replace temp table mentioned as
select distinct
    language,
    module,
    kind
from framework_import
anti join listed_mention using (language, module, kind);
