"""GraphQL by GitHub's published schema, which queries are held to; errors are as GitHub's."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import graphql

from tests.stand_ins.github.repositories import Repository

SCHEMA = (
    Path(__file__).resolve().parents[2] / "node/node_modules/@octokit/graphql-schema/schema.graphql"
)
_PAST = "2030-01-01T00:00:00Z"


class RefusedError(graphql.GraphQLError):
    """An error with the `type` that GitHub puts beside the message."""

    def __init__(self, kind: str, message: str) -> None:
        super().__init__(message)
        self.kind = kind


@cache
def schema() -> graphql.GraphQLSchema:
    """GitHub's schema, parsed once."""
    document = graphql.parse(SCHEMA.read_text(encoding="utf-8"), no_location=True)
    return graphql.build_ast_schema(document, assume_valid=True)


@cache
def validated(query: str) -> graphql.DocumentNode:
    """The query, when it is one that GitHub would take.

    Raises:
        AssertionError: with what is wrong with it.
    """
    document = graphql.parse(query)
    wrong = graphql.validate(schema(), document)
    assert not wrong, [error.message for error in wrong]
    return document


def carry_out(
    query: str, variables: dict[str, Any], find: Callable[[str, str], Repository | None]
) -> dict[str, Any]:
    """data and errors of a query; `find` gives the repository of an owner and name."""

    def repository(_: object, owner: str, name: str, **__: object) -> dict[str, object]:
        known = find(owner, name)
        if known is None or known.blocked:
            message = f"Could not resolve to a Repository with the name '{owner}/{name}'."
            raise RefusedError("NOT_FOUND", message)
        return known.graphql()

    limit = {"cost": 1, "remaining": 4990, "used": 10, "resetAt": _PAST, "limit": 5000}
    root = {"repository": repository, "rateLimit": lambda *_, **__: limit}
    result = graphql.execute(schema(), validated(query), root, variable_values=variables)
    answer: dict[str, Any] = {"data": result.data}
    if result.errors:
        answer["errors"] = [_told(error) for error in result.errors]
    return answer


def put_together(
    variables: dict[str, Any], find: Callable[[str, str], Repository | None]
) -> dict[str, Any]:
    """What `carry_out` gives for repositories r0, r1 ..., with every field there is."""
    data: dict[str, Any] = {}
    for index in range(sum(name.startswith("o") for name in variables)):
        known = find(variables[f"o{index}"], variables[f"n{index}"])
        data[f"r{index}"] = None if known is None else _plain(known.graphql())
    return data


def _plain(value: Any) -> Any:
    if callable(value):
        return _plain(value(None))
    if isinstance(value, dict):
        return {name: _plain(inner) for name, inner in value.items()}
    return value


def _told(error: graphql.GraphQLError) -> dict[str, Any]:
    told: dict[str, Any] = dict(error.formatted)
    if isinstance(error.original_error, RefusedError):
        told["type"] = error.original_error.kind
    return told
