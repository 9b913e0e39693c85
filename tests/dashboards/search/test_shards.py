"""Shards, the forms of postings, and the prefixes that have postings of their own."""

import base64
from pathlib import Path

import pytest

from dashboards.search.entries import id_row
from dashboards.search.postings import packed
from dashboards.search.shards import Row, write_shards
from dashboards.search.write import wide_prefixes


def written(folder: Path) -> list[str]:
    files = sorted(folder.iterdir(), key=lambda file: int(file.stem))
    return [file.read_text(encoding="utf-8") for file in files]


def test_a_shard_holds_the_rows_that_fit_and_its_mark_is_that_of_the_first(tmp_path: Path) -> None:
    rows = [Row("a", "[1]"), Row("b", "[2]"), Row("c", "[3]"), Row("d", "[4,5,6,7,8,9]")]
    assert write_shards(tmp_path / "keys", [*rows, Row("e", "[0]")], most_bytes=7) == [*"acde"]
    assert written(tmp_path / "keys") == [
        'shard("keys/0",[[1],[2]]);\n',
        'shard("keys/1",[[3]]);\n',
        'shard("keys/2",[[4,5,6,7,8,9]]);\n',
        'shard("keys/3",[[0]]);\n',
    ]


def test_a_row_that_begins_a_shard_does_so_where_another_would_fit(tmp_path: Path) -> None:
    rows = [Row(1, "1"), Row(2, "2", starts_shard=True), Row(3, "3")]
    assert write_shards(tmp_path / "entries", rows, most_bytes=99) == [1, 2]


def test_without_rows_there_is_no_shard(tmp_path: Path) -> None:
    assert write_shards(tmp_path / "keys", [], most_bytes=9) == []
    assert written(tmp_path / "keys") == []


def test_no_text_ends_a_script(tmp_path: Path) -> None:
    write_shards(tmp_path / "s", [Row(1, '"</script>\u2028\u2029"')], most_bytes=99)
    assert written(tmp_path / "s") == ['shard("s/0",["\\u003c/script>\\u2028\\u2029"]);\n']


def test_a_text_counts_with_the_bytes_that_are_written(tmp_path: Path) -> None:
    rows = [Row(1, '"<"'), Row(2, '"é"')]  # 8 and 4 bytes
    assert write_shards(tmp_path / "a", rows, most_bytes=13) == [1]
    assert write_shards(tmp_path / "b", rows, most_bytes=12) == [1, 2]


@pytest.mark.parametrize(
    ("numbers", "json"),
    [([7], "7"), ([0], "0"), ([3, 5, 105], "[3,2,100]")],
)
def test_a_few_papers_are_a_number_or_steps(numbers: list[int], json: str) -> None:
    assert packed(numbers, papers=1000) == json


def test_many_papers_are_a_bit_for_each_paper_of_the_site() -> None:
    bits = packed([*list(range(16)), 20], papers=24)
    assert base64.b64decode(bits.strip('"')) == bytes([0xFF, 0xFF, 0b0001_0000])


def test_no_list_is_longer_than_the_bits_of_all_papers() -> None:
    longest = 2 + 4 * 100  # 300 bytes in base64
    for step in (1, 2, 7, 20, 40, 100):
        assert len(packed(list(range(0, 2400, step)), papers=2400)) <= longest


def test_prefixes_with_which_two_shards_begin_are_wide() -> None:
    keys = ["a", "deep", "deeper", "degree", "zoo"]
    assert wide_prefixes(keys) == ["d", "de", "dee", "deep"]
    assert wide_prefixes([]) == []


def test_an_id_has_the_first_shard_of_its_entry() -> None:
    first_entries = [0, 3, 7, 7, 8]  # one paper has the shards 2 and 3 to itself
    shards = [id_row("p", number, first_entries).json for number in (0, 2, 3, 7, 8, 9)]
    assert shards == [f'["p",{shard}]' for shard in (0, 0, 1, 2, 4, 4)]
