-- One row per label that a person corrected and unit of its repository: the unit in the override, and
-- those with the same scan_key, so that the label holds after the repository gets another name.
-- Of rows for one label the first counts. So a scan has at most one.
create or replace view label_correction as
with named as (
    select
        override.csv_row,
        override.item,
        override.old,
        override.new,
        unit.scan_key
    from override
    left join unit on override.item = unit.unit_id
    where override.kind = 'label'
),

found as (
    select
        named.csv_row,
        coalesce(unit.unit_id, named.item) as unit_id,
        named.old,
        named.new
    from named
    left join unit on named.scan_key = unit.scan_key
)

select *
from found
qualify
    row_number() over (partition by unit_id, old order by csv_row) = 1
    and (
        row_number() over (partition by unit_id order by csv_row) = 1
        or (
            old is not null
            and first_value(old) over (partition by unit_id order by csv_row) is not null
        )
    );

comment on view label_correction is
'One row per label that a person corrected and unit of its repository, under all of its names.';
comment on column label_correction.csv_row is 'The correction: override.csv_row.';
comment on column label_correction.unit_id is 'The unit: scan.unit_id.';
comment on column label_correction.old is 'The label to replace. Null for any.';
comment on column label_correction.new is 'The right label.';
