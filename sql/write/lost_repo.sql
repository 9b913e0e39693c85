-- Repositories that are gone or blocked. Their other columns keep the last known values.
update repo
set
    status = incoming.status,
    message = incoming.message
from incoming
where repo.repo_id = incoming.repo_id
