-- One row per import or name that belongs to a framework, with the weight of its vote. The weight
-- is the product of vote_weight.weight over all circumstances of the import:
-- 1. Role. The path tells whether a file is code of the paper, or a copy of other code, a
--    conversion of weights, a test or an example (path_role).
-- 2. Local. The repository defines a module of this name itself (local_import).
-- 3. Interoperability. The file uses only parts of the library that code for other frameworks uses
--    too (summaries for TensorBoard, functions that read data and checkpoints), or imports
--    tensorflow and uses nothing from it.
-- 4. Declared. A listed package counts only where no code in the scan imports a framework.
-- 5. Manner. Guarded or dynamic imports may never run. A file that describes a Caffe net has no
--    code, and a repository may have many such files for one program.
-- Keras counts for the framework on which it runs in this scan (keras_backend). Weights are
-- decimals, so their sums are exact. A sum of floating-point numbers depends on the order of the
-- rows, and equal sums would not always tie.
create or replace view framework_import as
with tensorflow_itself as (
    select unnest(['tensorflow', 'tensorflow.compat.v1', 'tensorflow.compat.v2']) as module
),

-- what follows reads these rows several times
fact as materialized (
    select
        import_or_name.*,
        module_root(import_or_name.module) as library,
        module_framework.framework,
        module_framework.family
    from import_or_name
    inner join module_framework using (language, module)
),

-- the role of each path once, because a path is matched with many patterns
file_role as (
    select
        path,
        role_of(path) as role
    from (select distinct path from fact) as paths
),

-- files that import a whole module, or names from it that api_use lacks
whole_module as (
    select
        fact.scan_id,
        fact.path,
        fact.module
    from fact
    anti join api_use
        on
            fact.scan_id = api_use.scan_id
            and fact.path = api_use.path
            and starts_with(api_use.name, fact.module || '.')
    where
        fact.language = 'python'
        and fact.library in (select module_root(name) from framework_api)
        and fact.module not in (select module from tensorflow_itself)
),

taken as (
    select
        scan_id,
        path,
        name
    from api_use
    union all
    select
        scan_id,
        path,
        module as name
    from whole_module
),

library_file as (
    select
        taken.scan_id,
        taken.path,
        module_root(taken.name) as library,
        bool_and(coalesce(api_meaning.is_interoperability, false)) as is_interoperability
    from taken
    left join api_meaning using (name)
    group by taken.scan_id, taken.path, module_root(taken.name)
),

described as (
    select
        fact.scan_id,
        fact.path,
        fact.line,
        fact.module,
        fact.language,
        fact.kind,
        fact.framework,
        case
            when fact.framework = 'keras' then coalesce(keras_backend.family, fact.family)
            else fact.family
        end as family,
        file_role.role,
        local_import.scan_id is not null as is_local,
        fact.kind = 'declared' as is_declared,
        fact.language = 'python' and coalesce(
            library_file.is_interoperability,
            fact.module in (select module from tensorflow_itself)
        ) as is_interoperability
    from fact
    inner join file_role using (path)
    left join local_import using (scan_id, path, line, module)
    left join library_file using (scan_id, path, library)
    left join keras_backend on fact.scan_id = keras_backend.scan_id
),

importing as (
    select distinct scan_id
    from described
    where not is_declared and not is_local
),

circumstances as (
    select
        described.*,
        case when described.is_local then 'local' end as origin,
        case
            when not described.is_declared then null
            when importing.scan_id is not null then 'declared_beside_imports'
            else 'declared_alone'
        end as declaration,
        case when described.is_interoperability then 'interoperability' end as use,
        case when described.language = 'prototxt' then 'net' else described.kind end as manner
    from described
    left join importing on described.scan_id = importing.scan_id
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
        * coalesce(by_manner.weight, 1.00)
    )::decimal(7, 6) as weight,
    concat_ws(
        '; ', by_origin.why, by_declaration.why, by_role.why, by_use.why, by_manner.why
    ) as why
from circumstances as fact
inner join vote_weight as by_role on fact.role = by_role.circumstance
left join vote_weight as by_origin on fact.origin = by_origin.circumstance
left join vote_weight as by_declaration on fact.declaration = by_declaration.circumstance
left join vote_weight as by_use on fact.use = by_use.circumstance
left join vote_weight as by_manner on fact.manner = by_manner.circumstance;

comment on view framework_import is
'One row per import or name that belongs to a framework: the evidence, with the weight of its '
'vote.';
comment on column framework_import.scan_id is 'The scan: scan.scan_id.';
comment on column framework_import.path is 'Path of the file, relative to the repository''s root.';
comment on column framework_import.line is 'Line of the import: import_fact.line.';
comment on column framework_import.module is 'The module or name: import_or_name.module.';
comment on column framework_import.language is 'Language of the import: import_fact.language.';
comment on column framework_import.kind is
'static, guarded, dynamic, notebook or declared: import_or_name.kind.';
comment on column framework_import.framework is
'The framework that the module or name belongs to or is built on.';
comment on column framework_import.family is
'The framework''s family. For Keras: the family in keras_backend, else tensorflow.';
comment on column framework_import.role is
'Role of the file, by its path: code, peripheral (tests, examples, documents), conversion (of '
'weights), third_party (a copy of other people''s code) or copy (a whole well-known '
'library, or a copy of a file that Jupyter made). path_role has the patterns.';
comment on column framework_import.is_local is
'Whether the repository defines a module of this name, in the root, in src, lib or python, or in '
'a folder above the file. The import then has no vote.';
comment on column framework_import.is_interoperability is
'Whether the file uses only parts of the library that code for other frameworks uses too, or '
'imports TensorFlow and uses nothing from it.';
comment on column framework_import.weight is
'Weight of the vote, 0 to 1: the product of vote_weight.weight over all circumstances of the '
'import.';
comment on column framework_import.why is
'The circumstances that lower the weight, in words. Empty for a full vote.';
