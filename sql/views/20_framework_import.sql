-- One row per import of a framework's module, with the weight of its vote.
-- An import that the repository itself can satisfy (a local keras/ folder above the importing
-- file) is not the framework: it stays visible with weight 0. A module does not import itself,
-- so torch.py that says "import torch" means the framework.
-- Where code lies decides how much it says of the paper: a vendored copy hardly anything,
-- tests and examples a little. Weights only matter relative to one another.
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

placed as (
    select
        import_fact.*,
        module_framework.framework,
        module_framework.family,
        shadowed.scan_id is not null as is_local,
        case
            when regexp_matches(
                import_fact.path,
                '(?i)(^|/)(third[_-]?party|3rd[_-]?party|vendor(ed)?|externals?|extern|site-packages|dist-packages|submodules?)/'
            ) then 'third_party'
            when regexp_matches(
                import_fact.path,
                '(?i)(^|/)(tests?|testing|unittests?|examples?|docs?|benchmarks?)/|(^|/)test_[^/]*$|_test\.[a-z]+$|(^|/)(conftest|setup)\.py$'
            ) then 'peripheral'
            else 'code'
        end as role
    from import_fact
    inner join module_framework using (language, module)
    left join shadowed using (scan_id, path, line, module)
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
    case
        when is_local then 0.0
        when role = 'third_party' then 0.05
        when role = 'peripheral' then 0.25
        else 1.0
    end * case when kind in ('guarded', 'dynamic') then 0.5 else 1.0 end as weight
from placed;

comment on view framework_import is 'One row per import of a framework''s module: the evidence, with the weight of its vote.';
comment on column framework_import.scan_id is 'The scan: scan.scan_id.';
comment on column framework_import.path is 'File, relative to the repository''s root.';
comment on column framework_import.line is 'Line of the import, from 1.';
comment on column framework_import.module is 'Module as written.';
comment on column framework_import.language is 'Language of the file.';
comment on column framework_import.kind is 'static, guarded, dynamic or notebook.';
comment on column framework_import.framework is 'Framework that the module is or stands on.';
comment on column framework_import.family is 'Framework with keras folded into tensorflow.';
comment on column framework_import.role is 'code, peripheral (tests, examples, docs) or third_party (vendored copies), by the path.';
comment on column framework_import.is_local is 'Whether a file of the repository itself answers to this name from there: such an import has no vote.';
comment on column framework_import.weight is 'Weight of the vote: 1 for code, 0.25 peripheral, 0.05 third party, halved when guarded or dynamic, 0 when local.';
