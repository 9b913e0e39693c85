-- Where do our label and the label of the source of the links differ?
select
    unit_id,
    source_label,
    label,
    confidence,
    verdict,
    reason
from label_agreement
where not agrees
order by unit_id;
