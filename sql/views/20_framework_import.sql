-- One row per import of a framework's module, with the weight of its vote and what lowers it.
-- vote_weight has the weight of every circumstance; a vote weighs the product of those that apply.
-- Role: path_role says what a path tells of a file. A copy of other people's code says hardly anything
-- of the paper; conversion of weights, tests and examples say a little.
-- Local: a module of the repository itself (a keras/ folder above the importing file) is not the
-- framework of that name. The import stays visible, with weight 0. A module does not import itself, so
-- torch.py that says "import torch" means the framework.
-- Interoperability: a file that takes from TensorFlow only what code of other frameworks takes too
-- (summaries for TensorBoard, reading of data and checkpoints), or nothing at all.
-- Declared: a listed package counts only where the scan has no import of any framework.
-- Weights are decimals, whose sums are exact: with floating point a sum depends on the order of its
-- rows, and two equal sums would not always tie.
create or replace view framework_import as
with shadowed as (
    select distinct
        import_fact.scan_id,
        import_fact.path,
        import_fact.line,
        import_fact.module
    from import_fact
    inner join local_module
        on import_fact.scan_id = local_module.scan_id
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

comment on view framework_import is 'One row per import of a framework''s module: the evidence, with the weight of its vote.';
comment on column framework_import.scan_id is 'The scan: scan.scan_id.';
comment on column framework_import.path is 'File, relative to the repository''s root.';
comment on column framework_import.line is 'Line of the import, from 1.';
comment on column framework_import.module is 'Module as written.';
comment on column framework_import.language is 'Language of the file.';
comment on column framework_import.kind is 'static, guarded, dynamic, notebook or declared.';
comment on column framework_import.framework is 'Framework that the module is or stands on.';
comment on column framework_import.family is 'Framework with keras folded into tensorflow.';
comment on column framework_import.role is 'code, peripheral (tests, examples, docs), conversion (of weights) or third_party (vendored copies), by the path.';
comment on column framework_import.is_local is 'Whether a file of the repository itself answers to this name from there: such an import has no vote.';
comment on column framework_import.is_interoperability is 'Whether the file takes from TensorFlow only what code of other frameworks takes too, or nothing.';
comment on column framework_import.weight is 'Weight of the vote, 0 to 1: the product of vote_weight.weight over everything that applies to the import.';
comment on column framework_import.why is 'What lowers the weight, in words; empty for a full vote.';
