"""What the site must show, worked out with pandas from the papers behind the cube.

It shares no code with the site: neither its SQL, nor its script, nor its formula of the interval.
"""

from __future__ import annotations

from statistics import NormalDist
from urllib.parse import parse_qsl

import duckdb
import pandas as pd

DEFAULTS = {
    "framework": "pytorch",
    "code": "",
    "axis": "paper",
    "period": "year",
    "denominator": "pytorch_tensorflow",
    "keras": "in",
    "official": "",
    "area": "",
    "venue": "",
    "stars": "",
    "language": "",
}
_FREQUENCIES = {"year": "YS", "quarter": "QS", "month": "MS"}
_Z = NormalDist().inv_cdf(0.975)


def state_of(address: str) -> dict[str, str]:
    """The state that the part of an address after # asks for."""
    return DEFAULTS | dict(parse_qsl(address))


def counted(store: duckdb.DuckDBPyConnection, state: dict[str, str]) -> pd.DataFrame:
    """The papers that a state counts: one row a paper, with its period, family and series."""
    papers = store.sql("from dated_paper").df()
    code = state["code"] or store.sql("select choice from default_choice").fetchall()[0][0]
    papers = papers[papers["choices"].map(lambda choices: code in choices)]
    papers = papers[papers["time_axis"] == state["axis"]]
    if state["period"] != "year":
        papers = papers[~papers["is_year_only"]]
    if state["official"] == "only":
        papers = papers[papers["is_official"]]
    if state["area"]:
        papers = papers[papers["area"] == state["area"]]
    if state["venue"]:
        papers = papers[papers["venue"] == state["venue"]]
    if state["language"]:
        papers = papers[papers["language"] == state["language"]]
    if state["stars"]:
        papers = papers[papers["stars"] >= int(state["stars"])]
    papers = papers.assign(series=papers["family"] + (" " + papers["variant"]).fillna(""))
    if state["keras"] == "out":
        is_keras = papers["label"] == "keras"
        papers.loc[is_keras, ["family", "series"]] = "keras"
    if state["denominator"] == "pytorch_tensorflow":
        papers = papers[papers["family"].isin(["pytorch", "tensorflow"])]
    if state["denominator"] == "any_framework":
        papers = papers[papers["family"] != "none"]
    days = pd.to_datetime(papers["day"])
    starts = days.dt.to_period(_FREQUENCIES[state["period"]][0]).dt.start_time
    return papers.assign(period=starts.dt.strftime("%Y-%m-%d"))


def papers_by(papers: pd.DataFrame, column: str) -> dict[tuple[str, str], tuple[int, int]]:
    """{(period, family or series): (papers, n)} for every one that has papers."""
    n = papers.groupby("period").size()
    groups = papers.groupby(["period", column]).size()
    return {(period, key): (int(count), int(n[period])) for (period, key), count in groups.items()}


def is_interval(low: float, high: float, k: int, n: int) -> bool:
    """Whether these are both ends of Wilson's 95% interval of k of n.

    By its definition: an end p lies as far from the share as chance allows, z standard errors of p.
    """
    share = k / n
    off = [abs((share - p) ** 2 - _Z**2 * p * (1 - p) / n) for p in (low, high)]
    return low < high and low - 1e-9 < share < high + 1e-9 and max(off) < 1e-7
