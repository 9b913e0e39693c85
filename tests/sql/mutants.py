"""Mutants of SQL: statements in which one thing is changed, as a slip of the hand would change it.

`python -m tests.mutate_sql` runs the tests of the views on every one and prints those that no test
notices.
"""

from __future__ import annotations

import logging
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile
from typing import ClassVar

import sqlglot
from sqlglot import exp
from sqlglot.dialects.duckdb import DuckDB

from pipeline.store.rules import without_comments

_SWAPS: dict[type[exp.Expression], tuple[type[exp.Expression], ...]] = {
    exp.EQ: (exp.NEQ,),
    exp.NEQ: (exp.EQ,),
    exp.GT: (exp.GTE, exp.LTE),
    exp.GTE: (exp.GT, exp.LT),
    exp.LT: (exp.LTE, exp.GTE),
    exp.LTE: (exp.LT, exp.GT),
    exp.NullSafeEQ: (exp.EQ, exp.NullSafeNEQ),
    exp.NullSafeNEQ: (exp.NEQ, exp.NullSafeEQ),
    exp.And: (exp.Or,),
    exp.Or: (exp.And,),
    exp.Add: (exp.Sub,),
    exp.Sub: (exp.Add,),
    exp.Mul: (exp.Div,),
    exp.Div: (exp.Mul,),
    exp.Pow: (exp.Mul,),
    exp.Min: (exp.Max,),
    exp.Max: (exp.Min,),
    exp.ArgMin: (exp.ArgMax,),
    exp.ArgMax: (exp.ArgMin,),
    exp.LogicalAnd: (exp.LogicalOr,),
    exp.LogicalOr: (exp.LogicalAnd,),
    exp.Least: (exp.Greatest,),
    exp.Greatest: (exp.Least,),
    exp.Sum: (exp.Max,),
}
_ONE_OPERAND = (exp.And, exp.Or, exp.DPipe)
_ONLY_THEIR_ARGUMENT = (exp.Lower, exp.Upper, exp.Trim, exp.Nullif, exp.Abs, exp.Not, exp.Neg)
_LISTS = {
    exp.In: "expressions",
    exp.Array: "expressions",
    exp.ConcatWs: "expressions",
    exp.Order: "expressions",
    exp.Values: "expressions",
    exp.Case: "ifs",
    exp.Window: "partition_by",
    exp.Join: "using",
}
"""Lists that a slip may shorten by one."""
_CONTEXT = 30

# it warns of regular expressions that a mutant breaks
logging.getLogger("sqlglot").setLevel(logging.ERROR)


class Dialect(DuckDB):
    """DuckDB's, for macros too: there the unit of date_trunc may be a parameter."""

    class Parser(DuckDB.Parser):
        FUNCTIONS: ClassVar = {
            name: build
            for name, build in DuckDB.Parser.FUNCTIONS.items()
            if name not in ("DATE_TRUNC", "DATETRUNC")
        }


@dataclass(frozen=True)
class Mutant:
    """A statement with one change: what it defines, where, which, and the SQL.

    `change` shows what stood there and what stands there now, [old -> new], between its neighbours.
    """

    name: str
    line: int
    change: str
    sql: str


@dataclass(frozen=True)
class Statement:
    """A statement of a file and the view or macro that it defines (else: the file's name)."""

    name: str
    sql: str
    tree: exp.Expression


def statements(text: str, name: str) -> list[Statement]:
    """The statements of a file `name`, without its comments on views and columns."""
    found = []
    # sqlglot cannot read a comment of several string literals
    for tree in sqlglot.parse(without_comments(text), dialect=Dialect):
        if tree is not None:
            found.append(Statement(_defined(tree) or name, _written(tree), tree))
    return found


def _defined(tree: exp.Expression) -> str | None:
    if isinstance(tree, exp.Create) and tree.kind in ("VIEW", "FUNCTION", "MACRO"):
        return tree.find(exp.Table).name
    return None


def mutants(statement: Statement) -> Iterator[Mutant]:
    """Every statement that differs from this one by one change.

    Two changes that look alike are numbered: the second ends in (2).
    """
    alike: Counter[str] = Counter()
    seen = {statement.sql}
    line = 1
    for place, node in enumerate(statement.tree.walk(bfs=False)):
        line = min(_lines(node), default=line)
        for replacement in _replacements(node):
            sql = _with(statement.tree, place, replacement)
            if sql in seen:
                continue
            seen.add(sql)
            change = _difference(statement.sql, sql)
            alike[change] += 1
            if alike[change] > 1:
                change += f" ({alike[change]})"
            yield Mutant(statement.name, line, change, sql)


def _replacements(node: exp.Expression) -> Iterator[exp.Expression | None]:
    """What may stand in a node's place; None: nothing."""
    for other in _SWAPS.get(type(node), ()):
        yield other(**node.copy().args)
    if isinstance(node, _ONE_OPERAND):
        yield from (node.left, node.right)
    if isinstance(node, _ONLY_THEIR_ARGUMENT):
        yield node.this
    yield from _shorter(node)
    match node:
        case exp.Literal():
            yield from _other_constants(node)
        case exp.Boolean():
            yield exp.Boolean(this=not node.this)
        case exp.Is() | exp.In() if not isinstance(node.parent, exp.Not):
            yield exp.Not(this=node.copy())
        case exp.Where() | exp.Qualify() if not isinstance(node.parent, exp.Filter):
            yield None
        case exp.Filter():
            yield node.this
        case exp.Distinct():
            yield from [None] if isinstance(node.parent, exp.Select) else node.expressions[:1]
        case exp.Union():
            yield _changed(node, distinct=not node.args["distinct"])
            yield from (node.this, node.expression)
        case exp.Ordered():
            yield _changed(node, desc=not node.args.get("desc"))
        case exp.Join():
            yield from _other_joins(node)
        case exp.Coalesce():
            values = [node.this, *node.expressions]
            for first, *others in [*_neighbours_swapped(values), *_one_less(values)]:
                yield _changed(node, this=first, expressions=others) if others else first
        case exp.Case() if node.this is None:  # branches of "case x when" exclude each other
            for branches in _neighbours_swapped(node.args["ifs"]):
                yield _changed(node, ifs=branches)


def _shorter(node: exp.Expression) -> Iterator[exp.Expression | None]:
    key = _LISTS.get(type(node))
    items = node.args.get(key) or [] if key else []
    for rest in _one_less(items):
        if rest or isinstance(node, exp.Window):
            yield _changed(node, **{key: rest})
        elif isinstance(node, exp.Order):
            yield None


def _one_less(items: list[exp.Expression]) -> Iterator[list[exp.Expression]]:
    for place in range(len(items)):
        yield [item.copy() for other, item in enumerate(items) if other != place]


def _other_constants(node: exp.Literal) -> Iterator[exp.Literal]:
    if node.is_string:
        yield exp.Literal.string(f"{node.this}x")
    elif "." in node.this:
        yield exp.Literal.number(f"{float(node.this) * 1.1 or 0.1:.6g}")
    else:
        yield exp.Literal.number(str(int(node.this) + 1))
        if int(node.this) > 0:
            yield exp.Literal.number(str(int(node.this) - 1))


def _other_joins(node: exp.Join) -> Iterator[exp.Expression]:
    if node.side == "FULL":
        yield from (_changed(node, side=side) for side in ("LEFT", "RIGHT"))
    elif node.side == "LEFT":
        yield _changed(node, side=None, kind="INNER")
    elif node.kind == "INNER":
        yield _changed(node, side="LEFT", kind=None)
    elif node.kind in ("ANTI", "SEMI"):
        yield _changed(node, kind="SEMI" if node.kind == "ANTI" else "ANTI")


def _neighbours_swapped(items: list[exp.Expression]) -> Iterator[list[exp.Expression]]:
    for place in range(len(items) - 1):
        other = [item.copy() for item in items]
        other[place : place + 2] = reversed(other[place : place + 2])
        yield other


def _changed(node: exp.Expression, **arguments: object) -> exp.Expression:
    other = node.copy()
    for key, value in arguments.items():
        other.set(key, value)
    return other


def _with(tree: exp.Expression, place: int, replacement: exp.Expression | None) -> str:
    other = tree.copy()
    node = list(other.walk(bfs=False))[place]
    if node is other and replacement is not None:
        other = replacement
    elif replacement is None:
        node.pop()
    else:
        node.replace(replacement.copy())
    return _written(other)


def _written(tree: exp.Expression) -> str:
    return tree.sql(Dialect, comments=False, normalize_functions=False)


def _lines(node: exp.Expression) -> list[int]:
    return [inner.meta["line"] for inner in node.walk() if "line" in inner.meta]


def _difference(old: str, new: str) -> str:
    """[old -> new], in whole words, with a few letters of context."""
    before, after = (re.findall(r"\w+|\s+|[^\w\s]", text) for text in (old, new))
    start = len(_common(before, after))
    end = len(_common(before[start:][::-1], after[start:][::-1]))
    left, right = "".join(before[:start]), "".join(before[len(before) - end :])
    gone, come = ("".join(words[start : len(words) - end]).strip() for words in (before, after))
    return f"{left[-_CONTEXT:]}[{gone} -> {come}]{right[:_CONTEXT]}"


def _common(one: list[str], other: list[str]) -> list[str]:
    """What two lists begin with."""
    pairs = zip(one, other, strict=False)
    return [word for word, _ in takewhile(lambda pair: pair[0] == pair[1], pairs)]
