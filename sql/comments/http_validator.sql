comment on table http_validator is
'One row per address of GitHub''s REST API, with the ETag of the last response with content. A '
'request with this ETag does not count against the rate limit if nothing has changed.';
comment on column http_validator.url is
'The address, the version of the API, and the word token if the request had a token. The ETag '
'depends on all three.';
comment on column http_validator.etag is 'The ETag exactly as received.';
comment on column http_validator.seen_at is
'When the first answer from this address was stored (UTC). A newer ETag does not change it.';
