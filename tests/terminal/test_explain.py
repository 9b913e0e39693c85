"""What `adoption explain` says of a repository."""

from dataclasses import replace

import pytest

from pipeline.code.units import Unit
from pipeline.errors import UnknownRepositoryError
from pipeline.store.database import write
from pipeline.store.scan_rows import scan_batch
from pipeline.terminal.explain import explain
from tests.facts_of import Store, add_paper, add_repository, database, given, result_of

pytestmark = pytest.mark.slow

COMMIT = "c0ffee" * 6


def correct(store: Store, *rows: tuple[object, ...], **same: object) -> None:
    why = {"reason": "It is wrong.", "author": "Ada", "decided_on": "2026-11-01"}
    given(store, "override", "csv_row kind item old new", rows, **why, **same)


def explained(files: dict[str, str], host: str = "github.com") -> list[str]:
    store = database()
    result = replace(result_of(files), commit_id=COMMIT)
    write(store, scan_batch([(Unit(f"{host}/o/r", host, "O", "R"), result)]))
    return list(explain(store, f"https://{host}/o/r"))


def test_the_label_comes_with_its_share_and_confidence() -> None:
    lines = explained({"a.py": "import torch", "b.py": "import timm", "c.py": "import jax"})
    assert lines[1].split() == (
        "label pytorch (67% of the weight, confidence medium, eager style)".split()
    )


def test_every_framework_is_proved_by_links_to_the_scanned_commit() -> None:
    lines = explained({"a b.py": "\nimport torch", "c.py": "import jax"})
    links = [line.split() for line in lines if "https://" in line]
    base = f"https://github.com/O/R/blob/{COMMIT}/"
    assert links == [["jax", f"{base}c.py#L1"], ["torch", f"{base}a%20b.py#L2"]]


@pytest.mark.parametrize(
    ("host", "link"),
    [
        ("gitlab.com", f"https://gitlab.com/O/R/-/blob/{COMMIT}/a.py#L1"),
        ("bitbucket.org", f"https://bitbucket.org/O/R/src/{COMMIT}/a.py#lines-1"),
    ],
)
def test_links_are_those_of_the_host(host: str, link: str) -> None:
    assert any(line.endswith(link) for line in explained({"a.py": "import torch"}, host))


def test_what_did_not_vote_is_told_with_its_reason() -> None:
    lines = explained(
        {"a.py": "import torch", "b.py": "import keras", "keras.py": "", "tests/t.py": "import jax"}
    )
    assert "    keras, weight 0 (imports: 1): the repository defines a module of this name" in lines
    why = "the path belongs to tests, examples, documents or packaging"
    assert f"    jax, weight 0.25 (imports: 1): {why}" in lines


def test_the_variant_of_tensorflow_is_proved_too() -> None:
    lines = explained({"a.py": "import tensorflow as tf\ntf.Session()"})
    assert "(TensorFlow 1.x, 100% of the weight, confidence high, graph style)" in lines[1]
    proof = lines.index("  TensorFlow 1.x, 100% of the weight, shown by") + 1
    assert lines[proof].split()[0] == "tensorflow.Session"
    assert lines[proof].endswith("/a.py#L2")


def test_the_style_of_tensorflow_is_proved_too() -> None:
    text = "import tensorflow as tf\n\ntf.random.set_seed(1)\ntf.compat.v1.Session()"
    lines = explained({"a.py": text})
    assert "(TensorFlow 2.x, 100% of the weight, confidence high, graph style)" in lines[1]
    proof = lines.index("  graph style, shown by") + 1
    assert lines[proof].split()[0] == "tensorflow.compat.v1.Session"
    assert lines[proof].endswith("/a.py#L4")


def test_a_failed_scan_says_what_happened() -> None:
    store = database()
    add_repository(store, "r", {"a.py": "import torch"}, status="truncated")
    assert "unknown, because the scan failed (truncated)" in list(explain(store, "o/r"))[1]


def test_papers_are_named_with_the_label_their_source_gives() -> None:
    store = database()
    add_repository(store, "r", {"a.py": "import torch"})
    add_paper(store, "arxiv:1", "r", label="tf")
    assert list(explain(store, "o/r"))[-3].split() == "paper arxiv:1 (its source says tf)".split()


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("o/unknown", "The database has no scan of github.com/o/unknown."),
        ("foo", "foo: The text holds no link. Name a repository: OWNER/NAME or a link to it"),
        ("https://github.com/foo", "names an owner but no repository. Name a repository: OWNER"),
        ("", "Name a repository: OWNER/NAME"),
    ],
)
def test_an_unknown_repository_is_an_error_that_says_what_to_type(name: str, words: str) -> None:
    with pytest.raises(UnknownRepositoryError) as error:
        list(explain(database(), name))
    assert words in str(error.value)


def test_a_corrected_label_is_told_with_its_reason() -> None:
    store = database()
    add_repository(store, "r", {"a.py": "import torch"})
    correct(store, (2, "label", "github.com/o/r", "pytorch", "jax"))
    assert list(explain(store, "o/r"))[1:3] == [
        "  label       jax (corrected by hand)",
        "  by hand     label jax (was pytorch), corrected by Ada on 2026-11-01: It is wrong.",
    ]


def test_corrected_values_of_a_paper_stand_below_it() -> None:
    store = database()
    add_repository(store, "r", {"a.py": "import torch"})
    add_paper(store, "p", "r")
    correct(
        store,
        (2, "venue", "p", None, "CVPR"),
        (3, "date", "p", "2020", "2019"),
        published_on="2019-01-01",
    )
    lines = list(explain(store, "o/r"))
    paper = lines.index("  paper       p ")
    assert lines[paper + 1 : paper + 3] == [
        "    by hand   venue CVPR, corrected by Ada on 2026-11-01: It is wrong.",
        "    by hand   date 2019 (was 2020), corrected by Ada on 2026-11-01: It is wrong.",
    ]


@pytest.mark.parametrize(
    ("new", "becomes"),
    [("https://github.com/o/s", "now https://github.com/o/s"), (None, "removed")],
)
def test_a_paper_whose_link_was_corrected_is_told_at_the_old_code(
    new: str | None, becomes: str
) -> None:
    store = database()
    add_repository(store, "r", {"a.py": "import torch"})
    add_paper(store, "p", "r")
    correct(store, (2, "link", "p", "https://github.com/o/r", new))
    assert list(explain(store, "o/r"))[-1] == (
        f"  by hand     p: its link to this code is {becomes}, corrected by Ada on 2026-11-01: "
        "It is wrong."
    )
