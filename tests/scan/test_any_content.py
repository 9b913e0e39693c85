"""No content makes a reader raise: any bytes, and any order of the words that readers look for."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.scan.archive import tar_members, zip_members
from pipeline.scan.asked_variants import asked_backends, asked_versions
from pipeline.scan.languages import LANGUAGES, FileReader, file_reader, script_reader
from pipeline.scan.magics import cells_of
from pipeline.scan.python import imports_of_text
from pipeline.scan.records import FileProblem, ImportFact, Limits, Member
from pipeline.scan.records import UnreadableMemberError as MemberError
from pipeline.scan.records import UnreadableTargetError as TargetError
from pipeline.scan.requirement import required_package
from pipeline.scan.shell import installed_packages, python_run
from pipeline.scan.tar import TarError, TarReader
from pipeline.scan.target import scan_members
from tests.properties import reached, reaching

PATHS = (
    "a.py a.pyx a.ipynb a.lua a.r NAMESPACE a.jl a.java a.scala a.cu a.m a.swift a.prototxt a.rmd "
    "a.qmd a.jmd a.rnw requirements.txt requirements.in setup.py setup.cfg tox.ini pyproject.toml "
    "hatch.toml pixi.toml Pipfile environment.yml Dockerfile install.sh DESCRIPTION keras.json"
).split()
WORDS = (
    "import from as lazy using library require include py pyimport pyrun run vl_setupnn torch "
    "tensorflow tf.Session keras.layers transformers KERAS_BACKEND=jax %%time %%writefile a.py %%R "
    "#!python %%script !pip install conda python -c -W <<EOF EOF ```{r} ```{python} ``` <<>>= @ "
    "engine='r' import_module( __import__( LazyLoader( lazy_loader importorskip( try: if x: def f "
    'lapply( p_load( box::use( reticulate::import( c( <- for in character.only=TRUE py" """ \'\'\' '
    'py""" \'\'\' R"( #= =# /* */ %{ %} --[[ ]] dependencies: - pip: install_requires=[ ] '
    "[tool.poetry.dependencies] [project] install_requires = RUN FROM pip coding: gbk utf-7 +AAo- "
    "tensorflow==1.15 tensorflow>=2 \\ \" ' ( ) [ ] { } , ; : = # . .. $ ` | & && <<<<<<< ======= "
    ">>>>>>> %% % ! ? \u212a \uff11 \u0661 \x0c \x00 \ud800"
).split(" ")
LONG = ["1" * 5000, "tensorflow==" + "9" * 5000, "a." * 300, "(" * 300, "\\\n" * 50, '"' * 99]
pieces = st.sampled_from(WORDS) | st.sampled_from(LONG) | st.text(max_size=5)
glue = st.sampled_from(["", " ", "\n", "\r\n", "\r", "\n    ", "\t"])
texts = st.lists(st.tuples(pieces, glue), max_size=25).map(
    lambda parts: "".join(word + end for word, end in parts)
)
contents = texts.map(lambda text: text.encode("utf-8", "replace")) | st.binary(max_size=200)


@pytest.mark.parametrize("path", PATHS)
@reaching(50)
@given(content=contents)
def test_a_file_of_any_content_is_read(path: str, content: bytes) -> None:
    reader = file_reader(path)
    assert reader is not None
    reached()
    lines = content.count(b"\n") + content.count(b"\r") + 1
    for items in reader.facts(content).by_language.values():
        assert all(item.line >= 1 for item in items)
        if path.endswith((".jl", ".r", ".m", ".lua", ".java")):
            assert all(item.line <= lines for item in items)


@pytest.mark.parametrize("language", LANGUAGES)
@reaching(50)
@given(cells=st.lists(texts, max_size=4))
def test_notebooks_of_any_cells_are_read(language: str, cells: list[str]) -> None:
    code = [{"cell_type": "code", "source": text} for text in cells]
    document = {"cells": code, "metadata": {"kernelspec": {"language": language}}}
    reader = file_reader("a.ipynb")
    assert reader is not None
    reached()
    assert reader.facts(json.dumps(document).encode()).broken is None


values = st.recursive(
    st.none() | st.booleans() | st.integers() | texts,
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from("cells worksheets cell_type source input metadata kernelspec".split()),
            inner | st.just("code"),
            max_size=4,
        )
    ),
    max_leaves=12,
)


@reaching(50)
@given(document=values, end=st.integers(0, 400))
def test_notebooks_of_any_shape_are_read(document: object, end: int) -> None:
    reader = file_reader("a.ipynb")
    assert reader is not None
    reached()
    reader.facts(json.dumps(document).encode()[:end])


@reaching(50)
@given(text=texts)
def test_text_of_any_kind_is_read(text: str) -> None:
    content = text.encode("utf-8", "replace")
    reached()
    assert next(cells_of(text, 1, "python")).first_line >= 1
    found = [*imports_of_text(text), *python_run(text)]
    assert all(item.line <= len(text) + 1 for item in found)
    assert all(name for _, name in installed_packages(text))
    assert required_package(text) != ""
    assert all(use.line >= 1 for use in (*asked_backends(content), *asked_versions(content)))
    reader = script_reader(content)
    if isinstance(reader, FileReader):
        reader.facts(content)


@reaching(50)
@given(content=contents, name=st.sampled_from(["a.zip", "a.tar", "a.tar.gz", "a.tgz"]))
def test_inner_archives_of_any_content_are_read(content: bytes, name: str) -> None:
    reached()
    for start in (b"", b"PK\x03\x04", b"\x1f\x8b"):
        archive = start + content
        member = Member(name, len(archive), lambda archive=archive: archive)
        result = scan_members("a", [member], Limits())
        assert [item.problem for item in result.problems] == ["unread_archive"]


@reaching(50)
@given(content=contents)
def test_archives_of_any_content_end_with_their_own_error(content: bytes) -> None:
    reached()
    for start in (b"", b"PK\x03\x04", b"\x1f\x8b\x08\x00"):
        for members in (
            tar_members(iter([start + content]), Limits()),
            zip_members(io.BytesIO(start + content), Limits()),
        ):
            try:
                for member in members:
                    assert isinstance(member, FileProblem) or member.read() is not None
            except (MemberError, TargetError):
                continue


@reaching(50)
@given(digits=st.integers(5, 6000))
def test_a_length_of_any_digits_in_a_tar(digits: int) -> None:
    record = b"9" * digits + b" path=a\n"
    size = b"%011o\0" % len(record)
    header = b"a".ljust(100, b"\0") + b"0" * 24 + size + b"0" * 20 + b"x"
    block = header.ljust(257, b"\0") + b"ustar\x0000".ljust(255, b"\0") + record.ljust(6144, b"\0")
    reached()
    with pytest.raises((TarError, EOFError)):
        list(TarReader(iter([block])))


@reaching(50)
@given(modules=st.lists(st.text("ab./", min_size=1, max_size=20), max_size=9))
def test_local_modules_of_any_names(modules: list[str]) -> None:
    files = {f"{module.strip('/')}/a.py": f"import {module}" for module in modules}
    members = [
        Member(path, len(text), lambda text=text: text.encode()) for path, text in files.items()
    ]
    result = scan_members("a", members, Limits())
    reached()
    assert all(isinstance(fact, ImportFact) for fact in result.imports)
    assert [item.problem for item in result.problems] == []
