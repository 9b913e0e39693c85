-- One row per imported module that means a framework. The longest prefix in framework_module wins:
-- tensorflow_probability.substrates.jax is JAX. A prefix with the framework none keeps a shorter
-- one from matching.
create or replace view module_framework as
with imported as (
    select distinct
        language,
        module,
        module_root(module) as root
    from import_fact
),

matched as (
    select
        imported.language,
        imported.module,
        taxonomy.framework,
        row_number() over (
            partition by imported.language, imported.module
            order by length(taxonomy.module) desc
        ) as rank
    from imported
    inner join framework_module as taxonomy
        on
            imported.language = taxonomy.language
            and imported.root = module_root(taxonomy.module)
            and (
                imported.module = taxonomy.module
                or starts_with(imported.module, taxonomy.module || '.')
                or starts_with(imported.module, taxonomy.module || '/')
            )
)

select
    matched.language,
    matched.module,
    framework.framework,
    framework.family
from matched
inner join framework using (framework)
where matched.rank = 1 and framework.framework <> 'none';

comment on view module_framework is
'One row per imported module that means a framework, by the longest matching prefix in '
'framework_module.';
comment on column module_framework.language is 'Language of the import: import_fact.language.';
comment on column module_framework.module is 'The module as imported: import_fact.module.';
comment on column module_framework.framework is 'The framework that the module is or is built on.';
comment on column module_framework.family is
'The framework''s family: keras counts with tensorflow.';
