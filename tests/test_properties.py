"""The count of examples that come to their assertion."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.properties import reached, reaching


@reaching(50)
@given(st.integers())
def test_a_property_that_is_always_asserted_passes(number: int) -> None:
    reached()
    assert number == int(str(number))


def test_a_property_that_is_hardly_ever_asserted_fails() -> None:
    @reaching(50)
    @given(st.integers())
    def guarded(number: int) -> None:
        if number == 12345678:
            reached()

    with pytest.raises(AssertionError, match="0 examples reach the assertion, not "):
        guarded()


@pytest.fixture
def ten_examples() -> Iterator[None]:
    """A profile with a tenth of the examples."""
    before = settings.get_current_profile_name()
    settings.register_profile("ten", max_examples=10)
    settings.load_profile("ten")
    yield
    settings.load_profile(before)


@pytest.mark.usefixtures("ten_examples")
def test_of_a_tenth_of_the_examples_a_tenth_must_be_asserted() -> None:
    def asserted_of_the_first(few: int) -> Callable[[], None]:
        numbers = iter(range(10))

        @reaching(50)
        @given(st.integers())
        def guarded(_: int) -> None:
            if next(numbers) < few:
                reached()

        return guarded

    asserted_of_the_first(5)()
    with pytest.raises(AssertionError, match="4 examples reach the assertion, not 5"):
        asserted_of_the_first(4)()


def test_a_property_that_does_not_hold_fails_as_it_would_alone() -> None:
    @reaching(50)
    @given(st.integers())
    def wrong(number: int) -> None:
        reached()
        assert number < 10, "ten or more"

    with pytest.raises(AssertionError, match="ten or more"):
        wrong()


def test_every_property_test_says_how_many_examples_must_come_to_its_assertion() -> None:
    above = [
        line
        for file in Path(__file__).parent.rglob("test_*.py")
        for line in re.findall(
            r"^(.*)\n(?:@settings.*\n)?@given\(", file.read_text(encoding="utf-8"), re.MULTILINE
        )
    ]
    assert len(above) > 10
    assert [line for line in above if not line.startswith("@reaching(")] == []
