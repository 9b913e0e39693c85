-- One row per name that code uses or imports and that framework_api has. The longest prefix wins:
-- tensorflow.compat.v1.summary is a name that other frameworks use too, and every other name in
-- tensorflow.compat.v1 is TensorFlow 1.x.
create or replace view api_meaning as
with named as (
    select distinct
        name,
        module_root(name) as root
    from taken_name
),

matched as (
    select
        named.name,
        framework_api.variant,
        framework_api.style,
        framework_api.in_both,
        framework_api.is_interoperability,
        row_number() over (
            partition by named.name
            order by length(framework_api.name) desc
        ) as rank
    from named
    inner join framework_api
        on
            named.root = module_root(framework_api.name)
            and (
                named.name = framework_api.name
                or starts_with(named.name, framework_api.name || '.')
            )
)

select
    name,
    variant,
    style,
    in_both,
    is_interoperability
from matched
where rank = 1;

comment on view api_meaning is
'One row per name in taken_name that framework_api describes, by the longest matching prefix.';
comment on column api_meaning.name is 'The name: taken_name.name.';
comment on column api_meaning.variant is
'1.x or 2.x where code for that variant of TensorFlow uses the name; else null.';
comment on column api_meaning.style is
'graph or eager; null where code of both styles uses the name.';
comment on column api_meaning.in_both is
'Whether both variants have the name, but mostly code for the variant in this row uses it.';
comment on column api_meaning.is_interoperability is
'Whether code for other frameworks uses the name too.';
