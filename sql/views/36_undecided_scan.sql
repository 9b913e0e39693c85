-- One row per scan in which a file imports a neutral module of a library for several frameworks, and
-- uses no name of that library or a neutral name (neutral_name).
create or replace view undecided_scan as
select distinct import_fact.scan_id
from import_fact
inner join neutral_name as imported on import_fact.module = imported.module
left join used_name
    on
        import_fact.scan_id = used_name.scan_id
        and import_fact.path = used_name.path
        and imported.library = module_root(used_name.module)
left join neutral_name as used on used_name.module = used.module
where
    import_fact.language = 'python'
    and (used_name.module is null or used.module is not null);

comment on view undecided_scan is
'One row per scan in which a file imports a neutral module of a library for several frameworks, '
'and uses no name of that library or a neutral name: neutral_name.';
comment on column undecided_scan.scan_id is 'The scan: scan.scan_id.';
