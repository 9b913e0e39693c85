comment on table star_bucket is
'One row per number of stars that the site can filter by, data/star_buckets.csv.';
comment on column star_bucket.stars_from is 'Minimum number of stars.';
