-- Repositories that are gone or blocked: what was last known of them stays.
update repo
set
    status = incoming.status,
    message = incoming.message
from incoming
where repo.repo_id = incoming.repo_id
