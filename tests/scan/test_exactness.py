"""The scanner of Python beside `ast`: generated programs, and damaged files of the library."""

import random
import sysconfig
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipeline.scan.python import python_imports
from tests.properties import reached, reaching
from tests.scan.mutants import DECOYS, STATEMENTS, fault, mutant
from tests.scan.oracle import imports_by_ast, imports_by_tree_sitter

names = st.sampled_from(["torch", "tf", "a.b.c", "important", "ｔｏｒｃｈ", "_x1", "é"])
relative = st.sampled_from([".", "..", ".x", "...a.b"])
spaces = st.sampled_from([" ", "  ", "\t", " \\\n  "])


@st.composite
def statements(draw: st.DrawFn) -> str:
    """One import statement in one of its spellings."""
    form = draw(st.integers(0, 5))
    gap = draw(spaces)
    if form == 0:
        listed = draw(st.lists(names, min_size=1, max_size=3))
        return f"import{gap}" + f"{draw(spaces)},{gap}".join(
            f"{name} as {draw(st.sampled_from(['n', 'import_']))}" for name in listed
        )
    if form == 1:
        return f"import{gap}{draw(names)}"
    module = draw(names | relative)
    what = draw(st.sampled_from(["x", "x as y", "(x,\n y as z,)", "(x, # import q\n)", "import_"]))
    if form == 2:
        return f"from{gap}{module}{gap}import{gap}{what}"
    if form == 3:
        return f"from {module} import{what}" if what[0] == "(" else f"from {module} import {what}"
    call = draw(st.sampled_from(["__import__", "importlib.import_module", "import_module"]))
    literal = draw(st.sampled_from(["'m'", '"m" ".n"', "'''m'''", "'m' + x", "f'm'", "name='m'"]))
    return draw(st.sampled_from(["{}({})", "y = {}({})", "f(z, {}({}))"])).format(call, literal)


places = st.sampled_from(
    [
        "{}",
        "if x: {}",
        "x = 1; {}",
        "{}; x = 1",
        "try:\n    {}\nexcept E:\n    pass",
        "def f():\n    '''import doc'''\n    {}",
        "class A:\n\tdef g(self): {}",
        "if x:\n    if y:\n        pass\n    {}",
        "{}  # import comment",
        "'''\nimport hidden\n'''; {}",
        "x = [\n 'import inside',\n]\n{}",
    ]
)
decoys = st.sampled_from([text.decode() for text in DECOYS]) | st.just("")


@pytest.mark.slow
@reaching(450)
@settings(max_examples=500)
@given(st.lists(st.tuples(places, statements(), decoys), min_size=1, max_size=5))
def test_generated_programs_give_what_ast_gives(parts: list[tuple[str, str, str]]) -> None:
    lines = [line for place, text, decoy in parts for line in (place.format(text), decoy)]
    source = "\n".join(lines).encode()
    expected = imports_by_ast(source)
    assume(expected is not None)
    reached()
    assert {(item.line, item.module) for item in python_imports(source)} == expected


@pytest.mark.parametrize("statement", STATEMENTS)
@pytest.mark.parametrize("decoy", DECOYS)
def test_every_statement_beside_every_decoy(statement: bytes, decoy: bytes) -> None:
    for lines in ((decoy, statement, decoy), (statement, decoy, statement)):
        source = b"\n".join(lines)
        expected = imports_by_ast(source)
        assert expected is not None
        assert {(item.line, item.module) for item in python_imports(source)} == expected


LIBRARY = sorted(Path(sysconfig.get_path("stdlib")).glob("*.py"))


@pytest.mark.slow
def test_the_standard_library_gives_what_ast_gives() -> None:
    for path in LIBRARY:
        assert fault(str(path), path.read_bytes()) is None


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(4))
def test_damaged_files_never_fail_and_never_lie(seed: int) -> None:
    rng = random.Random(seed)
    for _ in range(500):
        path = rng.choice(LIBRARY)
        assert fault(path.name, mutant(rng, path.read_bytes())) is None


def test_a_call_in_the_braces_of_a_long_f_string_counts() -> None:
    source = (
        b'x = f"""\nimport a {{__import__(1)}}\n{__import__("m")} import_module("b")\n"""\nimport c'
    )
    found = [(item.line, item.module) for item in python_imports(source)]
    assert found == [(3, "m"), (5, "c")]


def test_python_2_gives_what_an_error_tolerant_parser_finds() -> None:
    source = (
        b"import os, sys\nprint 'import x'\nexec 'import y'\n"
        b"try:\n    from torch import nn\nexcept E, e:\n    import jax as j\nprint >>f, `a`\n"
    )
    assert imports_by_ast(source) is None
    found = {(item.line, item.module) for item in python_imports(source)}
    assert found == imports_by_tree_sitter(source)
