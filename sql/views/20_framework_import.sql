-- One row per import of a framework's module, with the weight of its vote. The weight is the
-- product of vote_weight.weight over all circumstances of the import:
-- 1. Role. The path tells whether a file is code of the paper, or a copy of other code, a
--    conversion of weights, a test or an example (path_role).
-- 2. Local. The repository defines a module of this name itself, for example a folder keras/ above
--    the file. A file does not import itself, so "import torch" in torch.py means the framework.
-- 3. Interoperability. The file uses TensorFlow only for what code for other frameworks uses too
--    (summaries for TensorBoard, reading of data and checkpoints), or not at all.
-- 4. Declared. A listed package counts only where no code in the scan imports a framework.
-- 5. Guarded or dynamic imports may never run.
-- Weights are decimals, so their sums are exact. A sum of floating-point numbers depends on the
-- order of the rows, and equal sums would not always tie.
create or replace view framework_import as
with shadowed as (
    select distinct
        import_fact.scan_id,
        import_fact.path,
        import_fact.line,
        import_fact.module
    from import_fact
    inner join local_module
        on
            import_fact.scan_id = local_module.scan_id
            and import_fact.language = local_module.language
            and module_root(import_fact.module) = local_module.module
            and import_fact.path <> local_module.path
            and (
                local_module.directory in ('', 'src', 'lib', 'python')
                or starts_with(import_fact.path, local_module.directory || '/')
            )
),

tensorflow_file as (
    select
        api_use.scan_id,
        api_use.path,
        bool_and(coalesce(api_meaning.is_interoperability, false)) as is_interoperability
    from api_use
    left join api_meaning using (name)
    group by api_use.scan_id, api_use.path
),

described as (
    select
        import_fact.*,
        module_framework.framework,
        module_framework.family,
        role_of(import_fact.path) as role,
        shadowed.scan_id is not null as is_local,
        import_fact.kind = 'declared' as is_declared,
        import_fact.language = 'python'
        and import_fact.module in ('tensorflow', 'tensorflow.compat.v1', 'tensorflow.compat.v2')
        and coalesce(tensorflow_file.is_interoperability, true) as is_interoperability
    from import_fact
    inner join module_framework using (language, module)
    left join shadowed using (scan_id, path, line, module)
    left join tensorflow_file using (scan_id, path)
),

circumstances as (
    select
        *,
        case when is_local then 'local' end as origin,
        case
            when not is_declared then null
            when bool_or(not is_declared and not is_local) over (partition by scan_id)
                then 'declared_beside_imports'
            else 'declared_alone'
        end as declaration,
        case when is_interoperability then 'interoperability' end as use
    from described
)

select
    fact.scan_id,
    fact.path,
    fact.line,
    fact.module,
    fact.language,
    fact.kind,
    fact.framework,
    fact.family,
    fact.role,
    fact.is_local,
    fact.is_interoperability,
    (
        by_role.weight
        * coalesce(by_origin.weight, 1.00)
        * coalesce(by_declaration.weight, 1.00)
        * coalesce(by_use.weight, 1.00)
        * coalesce(by_kind.weight, 1.00)
    )::decimal(7, 6) as weight,
    concat_ws(
        '; ', by_origin.why, by_declaration.why, by_role.why, by_use.why, by_kind.why
    ) as why
from circumstances as fact
inner join vote_weight as by_role on fact.role = by_role.circumstance
left join vote_weight as by_origin on fact.origin = by_origin.circumstance
left join vote_weight as by_declaration on fact.declaration = by_declaration.circumstance
left join vote_weight as by_use on fact.use = by_use.circumstance
left join vote_weight as by_kind on fact.kind = by_kind.circumstance;

comment on view framework_import is
'One row per import of a framework''s module: the evidence, with the weight of its vote.';
comment on column framework_import.scan_id is 'The scan: scan.scan_id.';
comment on column framework_import.path is 'Path of the file, relative to the repository''s root.';
comment on column framework_import.line is 'Line of the import: import_fact.line.';
comment on column framework_import.module is 'The module as written.';
comment on column framework_import.language is 'Language of the import: import_fact.language.';
comment on column framework_import.kind is
'static, guarded, dynamic, notebook or declared: import_fact.kind.';
comment on column framework_import.framework is 'The framework that the module is or is built on.';
comment on column framework_import.family is
'The framework''s family: keras counts with tensorflow.';
comment on column framework_import.role is
'Role of the file, by its path: code, peripheral (tests, examples, documents), conversion (of '
'weights) or third_party (a copy of other people''s code). path_role has the patterns.';
comment on column framework_import.is_local is
'Whether the repository defines a module of this name, in the root, in src, lib or python, or in '
'a folder above the file. The import then has no vote.';
comment on column framework_import.is_interoperability is
'Whether the file uses TensorFlow only for what code for other frameworks uses too, or not at '
'all.';
comment on column framework_import.weight is
'Weight of the vote, 0 to 1: the product of vote_weight.weight over all circumstances of the '
'import.';
comment on column framework_import.why is
'What sets the weight, in words. Empty for a full vote in code.';
