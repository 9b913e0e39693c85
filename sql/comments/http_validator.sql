comment on table http_validator is
'One row per address of GitHub''s REST interface, with the ETag of its last full answer. A '
'request with this ETag costs nothing where nothing has changed.';
comment on column http_validator.url is
'The address, the interface version, and the word token for requests with one: ETags differ by '
'all three.';
comment on column http_validator.etag is 'The ETag exactly as received.';
comment on column http_validator.seen_at is
'When the first answer from this address was stored (UTC). A newer ETag does not change it.';
