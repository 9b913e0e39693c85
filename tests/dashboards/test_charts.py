"""Charts as code: what docs/charts.md tells people to type works, and figures show their rows."""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import pytest

from dashboards.charts import (
    claim,
    crossing,
    frameworks_over_time,
    migration_by_year,
    migration_rate,
    papers_by_language,
    share_over_time,
    small_share,
)
from dashboards.headline import headline
from dashboards.look import OTHER_COLOUR, colour
from pipeline.store.publish import publish
from tests.dashboards.pictures import CHARTS
from tests.facts_of import Store, add_papers, add_repositories, database


@pytest.fixture(scope="module")
def few_papers() -> Store:
    """A database of 12 papers of 2018, 6 of 2019 and one of 2020, which no test changes."""
    return with_few_papers(database())


def with_few_papers(store: Store) -> Store:
    modules = {str(number): "torch" if number % 3 else "tensorflow" for number in range(18)}
    modules["lonely"] = "torch"
    add_repositories(store, {name: {"a.py": f"import {m}"} for name, m in modules.items()})
    years = {str(number): 2018 if number < 12 else 2019 for number in range(18)}
    add_papers(store, {**years, "lonely": 2020})
    return store


def traces(figure: go.Figure) -> dict[str, Any]:
    return {trace.meta["role"]: trace for trace in figure.data}


@pytest.mark.slow
@pytest.mark.parametrize("period", ["year", "quarter", "month"])
def test_a_share_is_drawn_with_its_interval_and_too_few_papers_are_no_line(
    few_papers: Store, period: str
) -> None:
    rows = f"from share_by_{period} where denominator = 'pytorch_tensorflow'"
    shares = few_papers.sql(rows).df()
    drawn = traces(share_over_time(shares))
    points = dict(zip(drawn["share"].x, drawn["share"].y, strict=True))
    line = [day for day, share in points.items() if share is not None]
    assert line == ["2018-01-01", "2019-01-01"]
    assert [points[day] for day in line] == [8 / 12, 4 / 6]
    ends = set(zip(drawn["band"].x, drawn["band"].y, strict=True))
    enough = shares[(shares["family"] == "pytorch") & (shares["n"] >= 5)].sort_values(period)
    for column in ("share_low", "share_high"):
        assert set(zip(line, enough[column], strict=True)) <= ends
    assert list(drawn["few"].x) == ["2020-01-01"]
    assert list(drawn["n"].y) == [12, 6, 1]


@pytest.mark.slow
def test_line_and_band_stop_where_too_few_papers_lie_between(store: Store) -> None:
    with_few_papers(store)
    late = [f"late{number}" for number in range(6)]
    add_repositories(store, {name: {"a.py": "import torch"} for name in late})
    add_papers(store, dict.fromkeys(late, 2021))
    shares = store.sql("from share_by_year where denominator = 'pytorch_tensorflow'").df()
    drawn = traces(share_over_time(shares))
    assert list(drawn["share"].y) == [8 / 12, 4 / 6, None, 1.0]
    assert list(drawn["band"].x).count(None) == 1


@pytest.mark.slow
def test_events_stand_on_their_day(few_papers: Store) -> None:
    shares = few_papers.sql("from share_by_year where denominator = 'pytorch_tensorflow'").df()
    figure = share_over_time(shares, few_papers.sql("from event").df())
    days = {note.text: note.x for note in figure.layout.annotations if note.name == "event"}
    assert days["PyTorch 1.0"] == "2018-12-07"


def venue_rows() -> pd.DataFrame:
    return pd.DataFrame(
        {
            "year": [2018, 2019, 2020, 2021],
            "n": [9, 2, 9, None],
            "share": [0.2, 0.5, 0.9, None],
            "share_low": [0.1, 0.1, 0.6, None],
            "share_high": [0.4, 0.9, 1.0, None],
            "he_share": [None, 0.4, None, 0.8],
            "he_mentions": [None, 50, None, 70],
        }
    )


def test_a_venues_line_stops_at_a_year_with_too_few_papers_and_its_bars_do_not() -> None:
    drawn = traces(small_share(venue_rows(), (2018, 2021)))
    assert list(drawn["share"].y) == [0.2, None, 0.9]
    assert list(drawn["few"].y) == [0.5]
    assert list(drawn["n"].y) == [9, 2, 9]


def test_hes_counts_are_drawn_where_they_exist() -> None:
    rows = venue_rows()
    (mentions,) = [t for t in small_share(rows, (2018, 2021)).data if t.meta["role"] == "mentions"]
    assert list(mentions.x) == ["2019-01-01", "2021-01-01"]
    assert list(mentions.y) == [0.4, 0.8]
    without = small_share(rows.drop(columns=["he_share", "he_mentions"]), (2018, 2021))
    assert "mentions" not in traces(without)


def test_small_charts_have_the_years_that_they_are_given() -> None:
    figure = small_share(venue_rows(), (2015, 2025))
    assert list(figure.layout.xaxis.range) == ["2015-01-01", "2026-01-01"]


CROSSING = "kind place year earliest latest first_year last_year n papers words"
NO_YEAR = (None,) * 5


def crossings(*rows: tuple[object, ...]) -> dict[str, Any]:
    return traces(crossing(pd.DataFrame(list(rows), columns=CROSSING.split())))


def test_a_crossing_is_a_dot_on_the_line_of_its_interval() -> None:
    drawn = crossings(("area", "nlp", 2019, 2018, 2021, 2016, 2025, 90, 95, "2019"))
    assert (list(drawn["year"].x), list(drawn["year"].y)) == ([2019], ["NLP (95)"])
    assert list(drawn["interval"].x) == [2018, 2021, None]
    assert list(drawn["open"].x) == []


def test_an_end_that_the_data_do_not_show_is_open() -> None:
    drawn = crossings(("venue", "ACL", 2019, None, None, 2017, 2025, 90, 90, "2019"))
    assert list(drawn["open"].text) == ["2017 or before", "2025 or later"]
    assert list(drawn["open"].marker.symbol) == ["triangle-left", "triangle-right"]


def test_a_dot_is_hollow_where_pytorch_led_from_the_first_year() -> None:
    drawn = crossings(
        ("venue", "CoRL", 2022, None, 2022, 2022, 2024, 9, 9, "2022"),
        ("venue", "CVPR", 2019, 2018, 2020, 2017, 2024, 9, 8, "2019"),
    )
    symbols = dict(zip(drawn["year"].y, drawn["year"].marker.symbol, strict=True))
    assert symbols == {"CoRL (9)": "circle-open", "CVPR (8)": "circle"}


def test_words_in_place_of_a_dot_stand_beside_the_interval() -> None:
    drawn = crossings(
        ("venue", "ICLR", None, 2018, None, 2018, 2018, 9, 9, "not yet by 2018 (last data)"),
        ("venue", "RSS", None, 2024, None, 2024, 2025, 9, 8, "not yet by 2025"),
    )
    sides = dict(zip(drawn["not yet"].y, drawn["not yet"].textposition, strict=True))
    assert sides == {"ICLR (9)": "middle right", "RSS (8)": "middle left"}
    assert list(drawn["not yet"].x) == [2018.7, 2023.3]


def test_a_line_covers_the_years_of_the_data_of_each_place() -> None:
    drawn = crossings(("venue", "CVPR", 2018, 2018, 2018, 2018, 2019, 9, 9, "2018 (data end)"))
    assert list(drawn["data"].x) == [2017.55, 2019.45, None]
    assert list(drawn["year"].customdata[0]) == ["2018 (data end)", 9]


def test_a_place_that_has_not_passed_or_has_too_few_papers_has_words() -> None:
    drawn = crossings(
        ("venue", "ACL", None, 2020, None, 2016, 2019, 90, 90, "not yet by 2019 (last data)"),
        ("venue", "RSS", *NO_YEAR, 0, 12, "too few papers"),
    )
    assert list(drawn["not yet"].y) == ["ACL (90)"]
    assert list(drawn["not yet"].text) == ["not yet by 2019 (last data)"]
    assert list(drawn["too few papers"].y) == ["RSS (12)"]
    assert list(drawn["too few papers"].text) == ["too few papers"]
    assert list(drawn["year"].y) == []


def test_places_stand_by_kind_then_year_and_those_without_a_year_last() -> None:
    rows = [
        ("venue", "RSS", *NO_YEAR, 0, 12, "too few papers"),
        ("venue", "ACL", 2020, None, 2020, 2018, 2025, 90, 90, "2020"),
        ("venue", "ICML", 2018, None, 2020, 2018, 2025, 90, 90, "2018"),
        ("area", "nlp", 2021, None, 2020, 2018, 2025, 90, 90, "2021"),
        ("all", "all", 2022, None, 2020, 2018, 2025, 90, 90, "2022"),
    ]
    figure = crossing(pd.DataFrame(rows, columns=CROSSING.split()))
    assert list(figure.layout.yaxis.categoryarray) == [
        "all papers (90)",
        "NLP (90)",
        "ICML (90)",
        "ACL (90)",
        "RSS (12)",
    ]


CHECK = "part rule claimed value low high n verdict"


def claimed(*rows: tuple[object, ...]) -> dict[str, Any]:
    return traces(claim(pd.DataFrame(list(rows), columns=CHECK.split())))


def test_a_claim_shows_our_number_on_its_interval_and_theirs() -> None:
    drawn = claimed(
        ("PyTorch", "equals", 0.47, 0.45, 0.38, 0.52, 190, "borne out"),
        ("TensorFlow", "equals", 0.18, 0.11, 0.07, 0.16, 190, "not borne out"),
    )
    ours = drawn["borne out"]
    assert (list(ours.x), list(ours.y)) == ([0.45], ["PyTorch (190)"])
    assert [round(end, 2) for end in (*ours.error_x.array, *ours.error_x.arrayminus)] == [0.07] * 2
    assert list(drawn["not borne out"].y) == ["TensorFlow (190)"]
    assert list(drawn["theirs"].x) == [0.47, 0.18]


def test_a_limit_points_to_where_the_claim_is_right() -> None:
    drawn = claimed(
        ("many", "above", 0.5, 0.8, 0.7, 0.9, 90, "borne out"),
        ("change", "below", 0.0, -0.3, -0.4, -0.2, 90, "borne out"),
    )
    assert list(drawn["limit of their claim"].marker.symbol) == ["triangle-right", "triangle-left"]
    assert "theirs" not in drawn


def test_a_number_without_data_has_no_point_and_one_without_a_rule_is_context() -> None:
    drawn = claimed(
        ("ACL", "equals", 0.7, None, None, None, 0, "cannot be told"),
        ("before", None, None, 0.5, 0.4, 0.6, 90, None),
    )
    assert "cannot be told" not in drawn
    assert list(drawn["context"].y) == ["before (90)"]
    assert list(drawn["theirs"].y) == ["ACL (0)"]


@pytest.mark.slow
def test_stacked_shares_of_a_period_make_a_whole(few_papers: Store) -> None:
    rows = few_papers.sql("from frameworks_by_year where denominator = 'any_framework'").df()
    figure = frameworks_over_time(rows)
    for period in ("2018-01-01", "2019-01-01"):
        parts = [
            share
            for trace in figure.data
            for x, share in zip(trace.x, trace.y, strict=True)
            if x == period
        ]
        assert sum(parts) == pytest.approx(1)


def test_rare_frameworks_are_one_colour_above_the_others_which_have_their_names() -> None:
    rows = pd.DataFrame(
        [(2019, "pytorch", 60), (2020, "pytorch", 80), (2019, "jax", 1), (2019, "theano", 2)],
        columns=["year", "series", "papers"],
    )
    rows = rows.assign(n=100, share=rows["papers"] / 100)
    figure = frameworks_over_time(rows, ["jax", "theano", "pytorch"])
    assert [trace.meta["series"] for trace in figure.data] == ["theano", "pytorch", "jax"]
    assert [trace.text for trace in figure.data] == [("Theano",), ("", "PyTorch"), ("",)]
    assert [trace.marker.color for trace in figure.data] == [
        colour("theano"),
        colour("pytorch"),
        OTHER_COLOUR,
    ]


def test_rows_without_a_period_are_refused_with_what_is_missing() -> None:
    rows = pd.DataFrame([{"family": "pytorch", "n": 9, "share": 0.5}])
    with pytest.raises(ValueError, match="year, quarter, month"):
        share_over_time(rows)


@pytest.mark.parametrize(
    ("papers", "verdict"),
    [
        ({2018: (10, 100), 2020: (90, 100)}, "Yes. "),
        ({2018: (10, 100), 2020: (55, 100)}, "Not clearly. "),
        ({2018: (70, 100), 2020: (75, 100)}, "Not clearly. "),
        ({2018: (10, 100), 2020: (20, 100)}, "No. "),
        ({2018: (90, 100), 2020: (5, 9)}, "In 2018, 90% of the papers here"),
        ({2015: (10, 100), 2018: (80, 100), 2020: (85, 100)}, "Not clearly. "),
    ],
)
def test_the_headline_says_yes_only_of_what_chance_does_not_explain(
    papers: dict[int, tuple[int, int]], verdict: str
) -> None:
    values = ", ".join(f"({year}, {k}, {n})" for year, (k, n) in papers.items())
    shares = database().sql(
        "select year, 'pytorch' as family, n, k / n as share, wilson_low(k, n) as share_low, "
        f"wilson_high(k, n) as share_high from (values {values}) as t (year, k, n)"
    )
    assert headline(shares.df(), since=2017, least=10).startswith(verdict)


@pytest.mark.slow
@pytest.mark.parametrize("number", [0, 1])
def test_the_documented_lines_make_the_chart(
    few_papers: Store, tmp_path: Path, number: int
) -> None:
    publish(few_papers, tmp_path / "data" / "adoption.duckdb")
    code = re.findall(r"```python\n(.*?)```", Path("docs/charts.md").read_text(), re.DOTALL)[number]
    assert len([line for line in code.splitlines() if line.strip()]) <= 5
    shown = code.replace(".show()", ".write_json('figure.json')")
    paths = os.environ | {"PYTHONPATH": str(Path.cwd())}
    subprocess.run([sys.executable, "-c", shown], cwd=tmp_path, env=paths, check=True)
    assert '"scatter"' in (tmp_path / "figure.json").read_text()


def test_every_chart_of_every_page_is_documented_with_a_picture() -> None:
    pages = [page.read_text(encoding="utf-8") for page in Path("dashboards/pages").glob("*.py")]
    drawn = {name for page in pages for name in re.findall(r"\bcharts\.(\w+)\(", page)}
    text = Path("docs/charts.md").read_text(encoding="utf-8")
    listed = {
        name
        for line in text.splitlines()
        if line.startswith("| [")
        for name in re.findall(r"\[`(\w+)`\]\(#\1\)", line)
    }
    described = re.findall(
        r"^### `(\w+)`\n\n\S[^#]*?\n\n!\[[^]]{40,}\]\(charts/\1\.png\)$", text, re.MULTILINE
    )
    pictures = list(Path("docs/charts").iterdir())
    assert drawn == listed == set(described) == set(CHARTS)
    assert {f"{name}.png" for name in drawn} == {picture.name for picture in pictures}
    assert sum(picture.stat().st_size for picture in pictures) < 1.5e6


def test_languages_are_stacked_with_the_most_frequent_first_and_unknown_grey() -> None:
    rows = pd.DataFrame(
        [(2020, "r", 1), (2021, "python", 2), (2020, "python", 1), (2020, "unknown", 2)],
        columns=["year", "language", "papers"],
    ).assign(n=4, share=0.5, share_low=0.1, share_high=0.9)
    bars = papers_by_language(rows, {"python": "Python", "r": "R"}).data
    assert [bar.name for bar in bars] == ["Python", "unknown", "R"]
    assert (list(bars[0].x), list(bars[0].y)) == (["2020-01-01", "2021-01-01"], [1, 2])
    assert bars[1].marker.color == OTHER_COLOUR


def test_a_narrow_screen_names_fewer_years_on_every_axis_of_time() -> None:
    rows = pd.DataFrame(
        [(2020, "none", 9, 0.5, 0.1, 0.9)],
        columns=["year", "family", "n", "share", "share_low", "share_high"],
    )
    figure = share_over_time(rows, family="none")
    narrow = figure.layout.meta["narrow"]["layout"]
    assert [narrow[axis]["dtick"] for axis in ("xaxis", "xaxis2")] == ["M48", "M48"]


def test_moves_have_a_bar_for_each_frequent_kind_and_one_for_the_rest() -> None:
    kinds = [
        (year, f"f{kind}", "pytorch", 20 - kind) for year in (2018, 2019) for kind in range(10)
    ]
    rows = pd.DataFrame(kinds, columns=["year", "from_series", "to_series", "repositories"])
    bars = migration_by_year(rows).data
    assert [bar.name for bar in bars] == [
        *(f"f{kind} → PyTorch" for kind in range(8)),
        "other moves",
    ]
    assert list(bars[0].y) == [20, 20]
    assert list(bars[-1].y) == [12 + 11, 12 + 11]
    assert len({bar.marker.pattern.shape for bar in bars[:-1]}) == 8
    assert {bar.marker.pattern.bgcolor for bar in bars[:-1]} == {colour("pytorch")}


def test_the_rate_leaves_out_frameworks_with_too_few_repositories() -> None:
    rows = pd.DataFrame(
        [
            ("theano", 5, 2, 0.4, 0.1, 0.8),
            ("jax", 4, 1, 0.25, 0.0, 0.7),
            ("caffe", 9, 0, 0, 0, 0.3),
        ],
        columns=["from_series", "repositories", "moved", "share_moved", "share_low", "share_high"],
    )
    (bars,) = migration_rate(rows).data
    assert list(bars.y) == ["Theano (5)", "Caffe (9)"]
    assert list(bars.x) == [0.4, 0.0]
    assert [round(end, 2) for end in bars.error_x.array] == [0.4, 0.3]
    assert [round(end, 2) for end in bars.error_x.arrayminus] == [0.3, 0.0]
