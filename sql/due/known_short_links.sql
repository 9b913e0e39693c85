-- Shortened links that this run need not follow: those with a target, and those that failed lately.
-- $now, $recheck_days.
select
    url,
    target
from short_link
where target is not null or followed_at > $now - to_seconds(86400 * $recheck_days)
