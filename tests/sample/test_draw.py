"""Draws: which repositories, from which cells, and with which weight."""

import hashlib
import json
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from pipeline.papers.identity import arxiv_month
from pipeline.papers.records import PaperLink
from pipeline.sample.draw import Design, draw, drawn_rows, links_of_lists

pytestmark = pytest.mark.slow


def paper(
    number: int,
    repository: str,
    arxiv: str | None = None,
    venue: str | None = None,
    venue_year: int | None = None,
    source: str = "list",
) -> PaperLink:
    return PaperLink(
        f"p{number}",
        source,
        f"https://github.com/{repository}",
        published=arxiv_month(arxiv) if arxiv else None,
        venue=venue,
        venue_year=venue_year,
    )


LINKS = [paper(n, f"o/r{n}", venue="ICLR", venue_year=2015 + n % 5) for n in range(200)]


def drawn(links: list[PaperLink], per_cell: int, seed: str = "s", whole: str = "") -> set[str]:
    table = draw(links, Design(seed, per_cell, tuple(whole.split())))
    return set(table["repository"].to_pylist())


def cells(links: list[PaperLink]) -> list[tuple[str, str, int]]:
    rows = draw(links, Design("s", 9)).to_pylist()
    return sorted((row["repository"], row["stratum"], row["year"]) for row in rows)


def test_a_draw_does_not_depend_on_the_order_and_takes_as_many_of_each_year() -> None:
    table = draw(LINKS, Design("s", 3))
    assert table == draw(LINKS[::-1], Design("s", 3))
    years = table["year"].to_pylist()
    assert {year: years.count(year) for year in years} == dict.fromkeys(range(2015, 2020), 3)


def test_a_year_may_have_a_limit_of_its_own() -> None:
    years = draw(LINKS, Design("s", 3, of_year={2018: 5, 2019: 1}))["year"].to_pylist()
    assert {year: years.count(year) for year in years} == {
        2015: 3,
        2016: 3,
        2017: 3,
        2018: 5,
        2019: 1,
    }


def test_a_larger_draw_contains_the_smaller_and_another_seed_draws_others() -> None:
    assert drawn(LINKS, 3) < drawn(LINKS, 9)
    assert drawn(LINKS, 3) != drawn(LINKS, 3, seed="t")


def test_the_order_in_a_cell_is_that_of_the_hash_of_seed_and_name() -> None:
    links = [paper(n, f"O/R{n}", venue="ICLR", venue_year=2020) for n in range(6)]
    first = min(range(6), key=lambda n: hashlib.sha256(f"2026:o/r{n}".encode()).hexdigest())
    assert drawn(links, 1, seed="2026") == {f"github.com/o/r{first}"}


def test_the_stratum_is_the_area_of_the_venue() -> None:
    links = [
        paper(1, "o/a", venue="nips", venue_year=2015),
        paper(2, "o/b", venue="Findings of ACL 2021", venue_year=2021),
        paper(3, "o/c", venue="wacv", venue_year=2022),
        paper(4, "o/d", "2001.00001", venue="Journal of Nothing"),
        paper(5, "o/e"),
    ]
    assert cells(links) == [
        ("github.com/o/a", "learning", 2015),
        ("github.com/o/b", "nlp", 2021),
        ("github.com/o/c", "vision", 2022),
        ("github.com/o/d", "other", 2020),
        ("github.com/o/e", "other", 0),
    ]


def test_a_repository_of_several_papers_is_in_the_cell_of_the_first() -> None:
    links = [
        paper(1, "o/r", venue="ICLR", venue_year=2019),
        paper(2, "O/R", venue="ACL", venue_year=2016),
        paper(3, "o/r"),
    ]
    assert cells(links) == [("github.com/o/r", "nlp", 2016)]


def test_what_papers_with_code_links_to_is_a_stratum_of_its_own() -> None:
    links = [
        paper(1, "o/r", venue="ICLR", venue_year=2019),
        paper(2, "o/r", "2101.00001", source="pwc"),
    ]
    assert cells(links) == [("github.com/o/r", "pwc", 2021)]


def test_a_name_keeps_the_capitals_that_any_list_gives_it() -> None:
    links = [
        paper(1, "o/net-x", source="pwc"),
        paper(2, "O/Net-X", venue="ICLR", venue_year=2019),
    ]
    (row,) = draw(links, Design("s", 1)).to_pylist()
    assert (row["owner"], row["name"]) == ("O", "Net-X")


def test_a_weight_is_how_many_repositories_of_the_cell_one_stands_for() -> None:
    links = [paper(n, f"o/r{n}", venue="ICLR", venue_year=2020) for n in range(3)]
    links += [paper(n, f"o/r{n}", source="pwc") for n in range(3, 8)]
    rows = draw(links, Design("s", 2, whole=("pwc",))).to_pylist()
    assert [(row["stratum"], row["cell_size"], row["weight"]) for row in rows] == [
        *[("learning", 3, 1.5)] * 2,
        *[("pwc", 5, 1.0)] * 5,
    ]


@pytest.fixture
def lists(tmp_path: Path) -> list[Path]:
    conferences = tmp_path / "conferences.csv"
    conferences.write_text(
        "venue,year,title,raw_link\n"
        "iclr,2020,A,https://github.com/o/a\n"
        "iclr,2020,No code,\n"
        "acl,2019,B,https://github.com/o/b and https://github.com/o/c\n"
    )
    own = tmp_path / "own.json"
    own.write_text(json.dumps([{"title": "D", "year": 2021, "link": "github.com/o/d"}]))
    return [conferences, own]


def test_drawn_rows_are_the_lists_own_with_list_stratum_and_weight(lists: list[Path]) -> None:
    links = list(links_of_lists(lists))
    rows = drawn_rows(lists, draw(links, Design("s", 1))).to_pylist()
    assert [(row["list"], row["stratum"], row["stratum_year"], row["weight"]) for row in rows] == [
        ("conferences.csv", "learning", 2020, 1.0),
        ("conferences.csv", "nlp", 2019, 2.0),
        ("own.json", "other", 2021, 1.0),
    ]
    assert [(row["title"], row["raw_link"], row["link"], row["year"]) for row in rows] == [
        ("A", "https://github.com/o/a", None, "2020"),
        ("B", "https://github.com/o/b and https://github.com/o/c", None, "2019"),
        ("D", None, "github.com/o/d", "2021"),
    ]


def test_drawn_rows_are_a_list_that_gives_the_same_papers_and_links(
    lists: list[Path], tmp_path: Path
) -> None:
    links = list(links_of_lists(lists))
    pq.write_table(drawn_rows(lists, draw(links, Design("s", 9))), tmp_path / "links.parquet")
    again = list(links_of_lists([tmp_path / "links.parquet"]))
    assert again == [link for link in links if link.raw_link]
