-- Shortened links that need not be followed (again yet): where they lead, or that they are dead.
-- $now, $recheck_days.
select url, target
from short_link
where target is not null or followed_at > $now - to_seconds(86400 * $recheck_days)
