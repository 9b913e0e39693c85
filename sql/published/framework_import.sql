-- One row per import or name that belongs to a framework, with the weight of its vote.
create or replace view framework_import as
select
    scan_number.scan_id,
    scan_file.path,
    vote_line.line,
    mention.module,
    mention.language,
    mention.kind,
    circumstance.framework,
    circumstance.family,
    circumstance.role,
    circumstance.is_local,
    circumstance.is_interoperability,
    circumstance.weight,
    circumstance.why
from stored.vote_line
inner join stored.scan_file on vote_line.file_no = scan_file.file_no
inner join stored.scan_number on scan_file.scan_no = scan_number.scan_no
inner join stored.mention on vote_line.mention_no = mention.mention_no
inner join stored.circumstance on vote_line.circumstance_no = circumstance.circumstance_no;
