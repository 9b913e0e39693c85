"""The addresses of lines on the web pages of hosts."""

from tests.facts_of import Store


def test_each_host_has_its_own_form_of_an_address(store: Store) -> None:
    rows = store.sql("select host, blob, anchor from code_host order by host").fetchall()
    assert rows == [
        ("bitbucket.org", "/src/", "#lines-"),
        ("github.com", "/blob/", "#L"),
        ("gitlab.com", "/-/blob/", "#L"),
    ]
