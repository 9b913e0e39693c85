-- The ends of a 95% interval for k of n papers.
-- Wilson (1927): it stays between 0 and 1, and it is honest for small n.
create or replace macro wilson_low(k, n) as (
    greatest(
        0.0,
        (
            k / n + 1.959964 ^ 2 / (2 * n)
            - 1.959964 * sqrt(k / n * (1 - k / n) / n + 1.959964 ^ 2 / (4 * n * n))
        )
        / (1 + 1.959964 ^ 2 / n)
    )
);

create or replace macro wilson_high(k, n) as (
    least(
        1.0,
        (
            k / n + 1.959964 ^ 2 / (2 * n)
            + 1.959964 * sqrt(k / n * (1 - k / n) / n + 1.959964 ^ 2 / (4 * n * n))
        )
        / (1 + 1.959964 ^ 2 / n)
    )
);

comment on macro wilson_low is 'Lower end of the Wilson 95% interval for k of n papers.';
comment on macro wilson_high is 'Upper end of the Wilson 95% interval for k of n papers.';
