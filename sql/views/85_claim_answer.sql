-- One row per claim and part: our number. claim.answer names the macro of each claim.
create or replace view claim_answer as
select
    'he_2019' as claim,
    *
from claim_he(2019, 2019)
union all by name
select
    'he_2019_majority' as claim,
    *
from claim_he(2019, 2019)
union all by name
select
    'he_2022' as claim,
    *
from claim_he(2020, 2022)
union all by name
select
    'oreilly_2019' as claim,
    *
from claim_arxiv()
union all by name
select
    'state_of_ai_2020' as claim,
    *
from claim_archive('2020-01-01', '2020-12-31')
union all by name
select
    'papers_with_code_2023' as claim,
    *
from claim_archive('2022-06-01', '2023-05-31')
union all by name
select
    'essay_adoption' as claim,
    *
from claim_crossing()
union all by name
select
    'essay_release' as claim,
    *
from claim_release()
union all by name
select
    'essay_style' as claim,
    *
from claim_style()
union all by name
select
    'essay_eager' as claim,
    *
from claim_eager();

comment on view claim_answer is
'One row per claim and part that we can ask the data for: our number, with n and its 95% interval.';
comment on column claim_answer.claim is 'The claim: claim.claim.';
comment on column claim_answer.part is 'Subject of the number: claimed_number.part.';
comment on column claim_answer.period is 'The years or months of the papers.';
comment on column claim_answer.papers is
'Papers or repositories that the number counts. For a year: crossing.papers. Null for a change of '
'a share.';
comment on column claim_answer.n is
'Papers or repositories among which they are counted. For a year: crossing.n. For a change of a '
'share: those of the smaller period.';
comment on column claim_answer.value is
'Our number: a share (0 to 1), a change of a share or a year. Null where no year is known.';
comment on column claim_answer.low is
'Lower end of the 95% interval. Null where the data do not show it.';
comment on column claim_answer.high is
'Upper end of the 95% interval. Null where the data do not show it.';
comment on column claim_answer.collected is
'Papers of the conference and year that the sources name, whatever their code. Null for claims '
'that ask for no conference.';
comment on column claim_answer.remark is
'Counts that a reader of the number must know, in words: papers left out and why, their dates or '
'their months. Null where there are none.';
