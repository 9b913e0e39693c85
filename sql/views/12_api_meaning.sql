-- One row per name of TensorFlow that code uses or imports and framework_api knows. The longest
-- prefix wins: tensorflow.compat.v1.summary is a name that other frameworks use too, and every
-- other name in tensorflow.compat.v1 is TensorFlow 1.x.
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
            order by length(framework_api.name) desc
        ) as rank
    from named
    inner join framework_api
        on
            named.name = framework_api.name
            or starts_with(named.name, framework_api.name || '.')
)

select
    name,
    variant,
    style,
    is_interoperability
from matched
where rank = 1;

comment on view api_meaning is
'One row per name of TensorFlow in tensorflow_name that framework_api knows, by the longest '
'matching prefix.';
comment on column api_meaning.name is 'The name: tensorflow_name.name.';
comment on column api_meaning.variant is
'1.x or 2.x where only code for that variant uses the name; else null.';
comment on column api_meaning.style is
'graph or eager; null where code of both styles uses the name.';
comment on column api_meaning.is_interoperability is
'Whether code for other frameworks uses the name too.';
