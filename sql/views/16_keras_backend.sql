-- One row per scan in which Keras would not run on TensorFlow, with the framework on which it runs.
-- Each file that sets a backend votes for it, with the weight of its role (path_role). Ties:
-- tensorflow, then alphabetical order. If no file sets a backend, it is Theano if some file imports
-- Theano and no file imports TensorFlow.
create or replace view keras_backend as
with setting as (
    select
        api_use.scan_id,
        framework_module.framework,
        role_of(api_use.path) as role
    from api_use
    inner join framework_module
        on
            framework_module.language = 'python'
            and api_use.name = 'KERAS_BACKEND=' || framework_module.module
),

asked as (
    select
        setting.scan_id,
        setting.framework,
        sum(vote_weight.weight) as weight
    from setting
    inner join vote_weight on setting.role = vote_weight.circumstance
    group by setting.scan_id, setting.framework
),

chosen as (
    select
        scan_id,
        framework
    from asked
    qualify row_number() over (
        partition by scan_id
        order by weight desc, framework <> 'tensorflow', framework
    ) = 1
),

beside as (
    select scan_id
    from import_fact
    where language = 'python' and module_root(module) in ('theano', 'tensorflow')
    group by scan_id
    having bool_and(module_root(module) = 'theano')
)

select
    framework.framework,
    framework.family,
    scan_id
from chosen
full join beside using (scan_id)
inner join framework on coalesce(chosen.framework, 'theano') = framework.framework
where framework.family <> 'tensorflow';

comment on view keras_backend is
'One row per scan in which Keras does not run on TensorFlow: a file sets KERAS_BACKEND, or files '
'import Theano and no file imports TensorFlow. The scan need not use Keras.';
comment on column keras_backend.framework is 'The framework that Keras runs on.';
comment on column keras_backend.family is
'The family of that framework. Keras counts for it in this scan.';
comment on column keras_backend.scan_id is 'The scan: scan.scan_id.';
