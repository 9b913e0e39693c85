-- One row per import of a framework's module, with the weight of its vote and what lowers it.
-- Local: an import that the repository itself can satisfy (a local keras/ folder above the
-- importing file) is not the framework: it stays visible with weight 0. A module does not import
-- itself, so torch.py that says "import torch" means the framework.
-- Place: where code lies decides how much it says of the paper: a vendored copy hardly anything,
-- conversion of weights, tests and examples a little.
-- Interoperability: a file that takes from TensorFlow only what code of other frameworks takes
-- too (summaries for TensorBoard, reading of data and checkpoints), or nothing at all.
-- Declared: a package that is asked for counts only where the scan has no import of any framework.
-- Weights only matter relative to one another. They are decimals, whose sums are exact: with floating
-- point a sum depends on the order of its rows, and two equal sums would not always tie.
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
        and regexp_extract(import_fact.module, '^[^./]+') = local_module.module
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
        case
            when regexp_matches(
                import_fact.path,
                '(?i)(^|/)(third[_-]?party|3rd[_-]?party|vendor(ed)?|externals?|extern|site-packages|dist-packages|submodules?)/'
            ) then 'third_party'
            when regexp_matches(
                import_fact.path,
                '(?i)(convert|export|port)[^/]*(tf|tensorflow|torch|keras|caffe|onnx|jax|flax|ckpt|checkpoint|weights?|model)[^/]*$|(tf|tensorflow|torch|keras|caffe|jax|flax|ckpt)[_-]?(to|2)[_-]?(tf|tensorflow|py|torch|keras|caffe|onnx|jax|flax|numpy|npy)[^/]*$'
            ) then 'conversion'
            when regexp_matches(
                import_fact.path,
                '(?i)(^|/)(tests?|testing|unittests?|examples?|docs?|benchmarks?)/|(^|/)test_[^/]*$|_test\.[a-z]+$|(^|/)(conftest|setup)\.py$'
            ) then 'peripheral'
            else 'code'
        end as role,
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

weighed as (
    select
        *,
        (case
            when is_local then 0.0
            when
                is_declared
                and bool_or(not is_declared and not is_local) over (partition by scan_id)
                then 0.0
            when role = 'third_party' then 0.05
            when role = 'conversion' then 0.1
            when role = 'peripheral' then 0.25
            else 1.0
        end
        * case when is_interoperability then 0.1 else 1.0 end
        * case when kind in ('guarded', 'dynamic') then 0.5 else 1.0 end)::decimal(7, 6) as weight
    from described
)

select
    scan_id,
    path,
    line,
    module,
    language,
    kind,
    framework,
    family,
    role,
    is_local,
    is_interoperability,
    weight,
    concat_ws(
        '; ',
        case when is_local then 'the repository defines this name itself' end,
        case when is_declared and weight = 0 then 'only declared, while other code is imported' end,
        case when is_declared and weight > 0 then 'declared, nothing is imported' end,
        case role
            when 'third_party' then 'a vendored copy by its path'
            when 'conversion' then 'converts between frameworks by its name'
            when 'peripheral' then 'tests, examples or docs by its path'
        end,
        case when is_interoperability then 'the file uses nothing of it that is TensorFlow''s own' end,
        case when kind = 'guarded' then 'in a try or if block' end,
        case when kind = 'dynamic' then 'imported by a call' end
    ) as why
from weighed;

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
comment on column framework_import.weight is 'Weight of the vote: 1 for code, 0.25 peripheral, 0.1 conversion, 0.05 third party; a tenth of it for interoperability, half when guarded or dynamic; 0 when local, or declared beside imports.';
comment on column framework_import.why is 'What lowers the weight, in words; empty for a full vote.';
