-- Code in languages that have no reader: a scan that left it unread cannot say what it imports.
create table unread_code (
    scan_id varchar not null,
    language varchar not null,
    files bigint not null,
    bytes bigint
);
