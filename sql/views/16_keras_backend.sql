-- One row per scan whose Keras runs on another framework than TensorFlow, with that framework. What
-- most of the scan's files ask for decides, by the weight of their roles (path_role). Ties: tensorflow,
-- then alphabetical order. Where no file asks for a backend, it is Theano if a file imports Theano and
-- none TensorFlow.
create or replace view keras_backend as
with asked as (
    select
        api_use.scan_id,
        framework_module.framework,
        sum(vote_weight.weight) as weight
    from api_use
    inner join framework_module
        on
            framework_module.language = 'python'
            and api_use.name = 'KERAS_BACKEND=' || framework_module.module
    inner join vote_weight on role_of(api_use.path) = vote_weight.circumstance
    group by api_use.scan_id, framework_module.framework
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
    where language = 'python'
    group by scan_id
    having
        bool_or(module_root(module) = 'theano')
        and not bool_or(module_root(module) = 'tensorflow')
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
'One row per scan whose Keras runs on another framework than TensorFlow, by the setting '
'KERAS_BACKEND or because Theano is imported and TensorFlow is not.';
comment on column keras_backend.framework is 'The framework that Keras runs on.';
comment on column keras_backend.family is 'Its family, with which Keras counts in this scan.';
comment on column keras_backend.scan_id is 'The scan: scan.scan_id.';
