-- One row per name of TensorFlow, used or imported, that says something of the code.
-- The longest matching prefix of framework_api wins, so that tensorflow.compat.v1.summary is
-- what other frameworks use too, and any other tensorflow.compat.v1 name is TensorFlow 1.x.
create or replace view api_meaning as
with named as (
    select distinct name from tensorflow_name
),

matched as (
    select
        named.name,
        framework_api.variant,
        framework_api.style,
        framework_api.is_interoperability,
        row_number() over (
            partition by named.name
            order by length(framework_api.name) desc, framework_api.name
        ) as rank
    from named
    inner join framework_api
        on named.name = framework_api.name
        or starts_with(named.name, framework_api.name || '.')
)

select
    name,
    variant,
    style,
    is_interoperability
from matched
where rank = 1;

comment on view api_meaning is 'One row per name of TensorFlow that code uses or imports and that framework_api knows, by the longest matching prefix.';
comment on column api_meaning.name is 'Name as in api_use.name or import_fact.module.';
comment on column api_meaning.variant is '1.x or 2.x; null where both have it.';
comment on column api_meaning.style is 'graph or eager; null where it says neither.';
comment on column api_meaning.is_interoperability is 'Whether code of other frameworks uses the name too.';
