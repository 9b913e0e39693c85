-- One row per imported module or used name that belongs to a framework. The longest prefix in
-- framework_module wins: tensorflow_probability.substrates.jax is JAX. A prefix with the framework
-- none stops a shorter prefix from matching. The patterns in library_name decide for the names and
-- modules of a library that supports several frameworks.
create or replace view module_framework as
with mentioned as (
    select
        language,
        module,
        module_root(module) as root
    from (
        select distinct
            language,
            module
        from import_or_name
    ) as modules
),

matched as (
    select
        mentioned.language,
        mentioned.module,
        taxonomy.framework,
        row_number() over (
            partition by mentioned.language, mentioned.module
            order by length(taxonomy.module) desc
        ) as rank
    from mentioned
    inner join framework_module as taxonomy
        on
            mentioned.language = taxonomy.language
            and mentioned.root = module_root(taxonomy.module)
            and (
                mentioned.module = taxonomy.module
                or starts_with(mentioned.module, taxonomy.module || '.')
                or starts_with(mentioned.module, taxonomy.module || '/')
            )
),

named as (
    select
        language,
        module,
        framework_of_name(module) as framework
    from mentioned
    where language = 'python' and root in (select library from library_name)
),

meant as (
    select
        mentioned.language,
        mentioned.module,
        coalesce(named.framework, matched.framework) as framework
    from mentioned
    left join named using (language, module)
    left join matched
        on
            mentioned.language = matched.language
            and mentioned.module = matched.module
            and matched.rank = 1
)

select
    meant.language,
    meant.module,
    framework.framework,
    framework.family
from meant
inner join framework using (framework)
where framework.framework <> 'none';

comment on view module_framework is
'One row per imported module or used name that belongs to a framework, by the longest matching '
'prefix in framework_module or by the patterns in library_name.';
comment on column module_framework.language is 'Language of the import: import_fact.language.';
comment on column module_framework.module is 'The module or name: import_or_name.module.';
comment on column module_framework.framework is
'The framework that the module or name belongs to or is built on.';
comment on column module_framework.family is
'The framework''s family: keras counts with tensorflow.';
