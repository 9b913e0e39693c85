"""Settings: what a variable's text becomes."""

import pytest

from pipeline.settings import Settings


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("pwc,joss", ["pwc", "joss"]),
        (" pwc , joss ,", ["pwc", "joss"]),
        ('["pwc", "joss"]', ["pwc", "joss"]),
        ("pwc", ["pwc"]),
        (" ", []),
    ],
)
def test_a_list_is_words_with_commas_between_them_or_json(
    text: str, words: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ADOPTION_PAPERS", text)
    monkeypatch.setenv("ADOPTION_OPENREVIEW_VENUES", text)
    assert (Settings().papers, Settings().openreview_venues) == (words, words)


def test_an_override_of_a_list_is_read_as_its_variable_is() -> None:
    assert Settings.overridden({"arxiv_sets": "cs, stat"}).arxiv_sets == ["cs", "stat"]


def test_a_list_that_is_no_json_is_a_wrong_setting() -> None:
    with pytest.raises(ValueError, match="papers"):
        Settings.overridden({"papers": "[pwc"})


def test_a_run_records_a_list_as_it_is_written() -> None:
    assert Settings(conferences="iclr2018, acl2022").without_secrets()["conferences"] == (
        "iclr2018,acl2022"
    )


def test_an_address_for_failures_that_is_none_is_a_wrong_setting_and_not_shown() -> None:
    with pytest.raises(ValueError, match="on_failure_url") as caught:
        Settings.overridden({"on_failure_url": "hooks.example.org/s3cret"})
    assert "it is not an address; write https://HOST/PATH" in str(caught.value)
    assert "s3cret" not in str(caught.value)
