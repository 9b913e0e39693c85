-- The numbers of the mentions in `mentioned`. New ones get the next numbers, and are stored.
create or replace temp table its_mention as
select
    mentioned.language,
    mentioned.module,
    mentioned.kind,
    known.mention_no is null as is_new,
    coalesce(
        known.mention_no,
        row_number() over (
            partition by known.mention_no is null
            order by mentioned.language, mentioned.module, mentioned.kind
        ) + (select coalesce(max(mention.mention_no), 0) from snapshot.stored.mention)
    ) as mention_no
from mentioned
left join snapshot.stored.mention as known using (language, module, kind);

insert into snapshot.stored.mention
select
    mention_no,
    language,
    module,
    kind
from its_mention
where is_new
order by mention_no;
