"""A GitHub on loopback: real HTTP, real archives, real git, and every fault on demand.

REST and GraphQL tell of the same repositories; GraphQL queries are checked against GitHub's
published schema and carried out by it. Nothing here knows the code that is tested.
"""

from tests.stand_ins.github.repositories import COMMIT, Repository, archive
from tests.stand_ins.github.server import StandIn, github_stand_in

__all__ = [
    "COMMIT",
    "Repository",
    "StandIn",
    "archive",
    "github_stand_in",
]
