"""scan_language: the language of most importing files."""

from tests.facts_of import Store, given


def languages(store: Store, facts: list[tuple[object, ...]]) -> list[tuple[str, str]]:
    given(store, "import_fact", "scan_id path line module language kind", facts)
    return store.sql("select scan_id, language from scan_language order by 1").fetchall()


def test_a_file_counts_once_however_much_it_imports(store: Store) -> None:
    facts: list[tuple[object, ...]] = [
        ("s", "a.py", 1, "os", "python", "static"),
        ("s", "b.py", 1, "os", "python", "static"),
        *(("s", "c.lua", line, "torch", "lua", "static") for line in range(1, 6)),
    ]
    assert languages(store, facts) == [("s", "python")]


def test_of_two_with_as_many_files_the_first_of_the_alphabet(store: Store) -> None:
    facts: list[tuple[object, ...]] = [
        ("s", "a.py", 1, "os", "python", "static"),
        ("s", "c.lua", 1, "torch", "lua", "static"),
    ]
    assert languages(store, facts) == [("s", "lua")]


def test_every_scan_has_its_own(store: Store) -> None:
    facts: list[tuple[object, ...]] = [
        ("s1", "a.py", 1, "os", "python", "static"),
        ("s1", "b.py", 1, "os", "python", "static"),
        ("s2", "c.lua", 1, "torch", "lua", "static"),
    ]
    assert languages(store, facts) == [("s1", "python"), ("s2", "lua")]


def test_a_list_of_packages_is_in_no_language(store: Store) -> None:
    facts: list[tuple[object, ...]] = [
        ("s", "setup.py", 1, "torch", "package", "static"),
        ("s", "environment.yml", 1, "torch", "python", "declared"),
        ("s", "more.yml", 1, "torch", "python", "declared"),
        ("s", "z.r", 1, "keras", "r", "static"),
        ("only", "requirements.txt", 1, "torch", "package", "declared"),
    ]
    assert languages(store, facts) == [("s", "r")]
