"""Code that calls hosted models: its imports, and the papers whose code it is."""

import pytest

from tests.facts_of import Store, given

MODULES = {
    "openai": "OpenAI",
    "openai.types.chat": "OpenAI",
    "google.genai": "Google",
    "google.generativeai.types": "Google",
    "langchain_openai": "OpenAI",
    "fireworks.client": "Fireworks AI",
    "litellm": "several",
    # other packages of like names
    "openai_ros.common": None,
    "google.protobuf": None,
    "google.genaixyz": None,
    "fireworks.core.firework": None,
    "cerebras": None,
    "torch": None,
}


@pytest.mark.parametrize(("module", "provider"), MODULES.items())
def test_the_provider_of_a_module(store: Store, module: str, provider: str | None) -> None:
    given(store, "import_fact", "scan_id path line module", [("s", "a.py", 3, module)])
    expected = [("s", "a.py", 3, module, provider)] if provider else []
    assert store.sql("from hosted_model_import").fetchall() == expected


def test_a_listed_package_and_a_module_of_another_language_do_not_count(store: Store) -> None:
    rows = [("openai", "python", "declared"), ("openai", "julia", "static")]
    given(store, "import_fact", "module language kind", rows, scan_id="s")
    assert store.sql("from hosted_model_import").fetchall() == []


LOCAL = [
    ("", "openai.py", False),
    ("src", "src/openai.py", False),
    ("lib", "lib/openai/__init__.py", False),
    ("other", "other/openai.py", True),
    ("sr", "sr/openai.py", True),
    ("src", "src/run.py", True),
]
"""Folder and file of a module `openai`, and whether an import in src/run.py is not of it."""


@pytest.mark.parametrize(("directory", "path", "is_hosted"), LOCAL)
def test_a_module_of_the_repository_itself_is_not_hosted(
    store: Store, directory: str, path: str, is_hosted: bool
) -> None:
    given(store, "import_fact", "scan_id path module", [("s", "src/run.py", "openai")])
    modules = [("s", "python", "openai", directory, path)]
    given(store, "local_module", "scan_id language module directory path", modules)
    assert len(store.sql("from hosted_model_import").fetchall()) == is_hosted


@pytest.mark.parametrize(
    "module", [("other", "python", "openai"), ("s", "r", "openai"), ("s", "python", "cohere")]
)
def test_a_module_of_another_scan_language_or_name_changes_nothing(
    store: Store, module: tuple[str, ...]
) -> None:
    given(store, "import_fact", "scan_id path module", [("s", "src/run.py", "openai")])
    columns = "scan_id language module directory path"
    given(store, "local_module", columns, [(*module, "", "x.py")])
    assert len(store.sql("from hosted_model_import").fetchall()) == 1


@pytest.mark.parametrize(
    "local",
    [
        ("other", "a.py", 1, "openai"),
        ("s", "b.py", 1, "openai"),
        ("s", "a.py", 2, "openai"),
        ("s", "a.py", 1, "cohere"),
    ],
)
def test_only_the_import_itself_is_one_of_a_module_of_the_repository(
    store: Store, local: tuple[object, ...]
) -> None:
    given(store, "import_fact", "scan_id path line module", [("s", "a.py", 1, "openai")])
    given(store, "local_import", "scan_id path line module", [local])
    assert len(store.sql("from hosted_model_import").fetchall()) == 1


def papers(store: Store) -> None:
    """Papers a to e, the scans of their code, and the imports of scans."""
    dated = [
        ("a", "2024-02-01", "none", "then", "paper", True),
        ("b", "2024-02-01", "none", "then", "paper", True),
        ("c", "2024-02-01", "pytorch", "then", "paper", True),
        ("d", "2023-02-01", "none", "then", "paper", True),
        ("a", "2020-02-01", "none", "then", "created", True),
        ("a", "2024-02-01", "none", "now", "paper", False),
        ("e", "2024-02-01", "none", "now", "paper", False),
    ]
    given(store, "dated_paper", "paper_id day family moment time_axis is_default", dated)
    scans = [(paper, "then", f"{paper} then") for paper in "abcd"]
    scans += [("a", "now", "a now"), ("e", "now", "e now")]
    given(store, "paper_framework", "paper_id moment scan_id", scans)
    imports = [
        ("a then", "OpenAI"),
        ("a then", "OpenAI"),
        ("a then", "Google"),
        ("a now", "Baidu"),
        ("c then", "OpenAI"),
        ("e now", "OpenAI"),
    ]
    given(store, "hosted_model_import", "scan_id provider", imports)


def test_papers_that_call_hosted_models_by_year_and_kind_of_code(store: Store) -> None:
    papers(store)
    rows = store.sql("select code, year, papers, n, share from hosted_models_by_year").fetchall()
    assert rows == [
        ("framework", 2024, 1, 1, 1.0),
        ("none", 2023, 0, 1, 0.0),
        ("none", 2024, 1, 2, 0.5),
    ]


def test_providers_of_papers_without_a_framework(store: Store) -> None:
    papers(store)
    rows = store.sql("select provider, papers, n, share from hosted_models_by_provider").fetchall()
    assert rows == [("Google", 1, 1, 1.0), ("OpenAI", 1, 1, 1.0)]


def test_the_provider_of_most_papers_comes_first(store: Store) -> None:
    calls = [("a", "xAI"), ("b", "xAI"), ("b", "Baidu"), ("c", "Google"), ("d", "AI21 Labs")]
    given(store, "paper_hosted_model", "paper_id provider", calls, family="none")
    rows = store.sql("select provider, papers, n, share from hosted_models_by_provider")
    assert rows.fetchall() == [
        ("xAI", 2, 4, 0.5),
        ("AI21 Labs", 1, 4, 0.25),
        ("Baidu", 1, 4, 0.25),
        ("Google", 1, 4, 0.25),
    ]


def test_the_intervals_are_wilsons(store: Store) -> None:
    dated = [(f"p{number}",) for number in range(50)]
    same = {"family": "none", "day": "2024-01-01", "time_axis": "paper"}
    given(store, "dated_paper", "paper_id", dated, **same)
    calls = [(f"p{number}", "OpenAI") for number in range(15)]
    calls += [(f"q{number}", "Google") for number in range(35)]
    given(store, "paper_hosted_model", "paper_id provider", calls, family="none")
    ends = "round(share_low, 4), round(share_high, 4)"
    assert store.sql(f"select {ends} from hosted_models_by_year").fetchall() == [(0.1910, 0.4375)]
    of_openai = "from hosted_models_by_provider where provider = 'OpenAI'"
    assert store.sql(f"select {ends} {of_openai}").fetchall() == [(0.1910, 0.4375)]
