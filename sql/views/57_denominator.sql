-- One row per denominator and family whose papers it counts. Nothing else defines a denominator.
-- Views of shares fold keras into tensorflow, so its rows count no paper there. A share that takes
-- keras out of tensorflow counts it by these rows.
create or replace view denominator as
with families as (
    select framework as family from framework
    union
    select family from framework
),

names as (
    select unnest(['pytorch_tensorflow', 'any_framework', 'with_code']) as denominator
)

select
    names.denominator,
    families.family
from families
cross join names
where
    case names.denominator
        when 'pytorch_tensorflow' then families.family in ('pytorch', 'tensorflow')
        when 'any_framework' then families.family <> 'none'
        else true
    end;

comment on view denominator is 'One row per denominator and family whose papers it counts.';
comment on column denominator.denominator is
'pytorch_tensorflow (papers with PyTorch or TensorFlow code), any_framework, with_code (papers '
'whose code could be read).';
comment on column denominator.family is
'A family whose papers the denominator counts. none: code that imports no framework. keras: for '
'shares that take it out of tensorflow.';
