-- The ends of a 95% interval for the difference k / n - l / m of two shares.
-- Newcombe (1998), method 10: it combines the Wilson intervals of both shares.
create or replace macro newcombe_low(k, n, l, m) as (
    k / n - l / m - sqrt((k / n - wilson_low(k, n)) ^ 2 + (wilson_high(l, m) - l / m) ^ 2)
);

create or replace macro newcombe_high(k, n, l, m) as (
    k / n - l / m + sqrt((wilson_high(k, n) - k / n) ^ 2 + (l / m - wilson_low(l, m)) ^ 2)
);

comment on macro newcombe_low is
'Lower end of Newcombe''s 95% interval for the difference of two shares, k / n - l / m.';
comment on macro newcombe_high is
'Upper end of Newcombe''s 95% interval for the difference of two shares, k / n - l / m.';
