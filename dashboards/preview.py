"""The picture that other sites show for a link to the first page (Open Graph), in pixels."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from textwrap import wrap

import pandas as pd
from PIL import Image, ImageDraw, ImageFont

from dashboards.look import LEAST_PAPERS, colour, name

SIZE = (1200, 630)
"""Width and height."""

_PAGE, _TEXT, _SOFT, _LINE, _BAND = "#faf9f6", "#1c2430", "#55606e", "#dfdcd4", "#f6d9c2"
_PLOT = (110, 250, 1000, 570)
"""Left, top, right and bottom of the chart, in pixels."""


def write_preview(shares: pd.DataFrame, headline: str, file: Path) -> None:
    """Draw the title, the headline and the share of one family by year.

    `shares`: rows of share_by_year of one family and denominator (year, family, n, share,
    share_low, share_high). Years with few papers are left out.
    """
    image = Image.new("RGB", SIZE, _PAGE)
    draw = ImageDraw.Draw(image)
    draw.text((60, 40), "Did research move to PyTorch?", _TEXT, _font(52))
    lines = wrap(headline, 84)
    words = "\n".join(lines[:3]) + ("…" if len(lines) > 3 else "")
    draw.multiline_text((60, 116), words, _SOFT, _font(26), spacing=8)
    rows = shares[shares["n"] >= LEAST_PAPERS].sort_values("year")
    if len(rows):
        _draw_chart(draw, rows)
    image.save(file, optimize=True)


def _draw_chart(draw: ImageDraw.ImageDraw, rows: pd.DataFrame) -> None:
    left, top, right, bottom = _PLOT
    first, last = int(rows["year"].min()), int(rows["year"].max())

    def x(year: float) -> float:
        return left + (right - left) * (year - first) / max(1, last - first)

    def y(share: float) -> float:
        return bottom - (bottom - top) * share

    for share in (0, 0.5, 1):
        draw.line([(left, y(share)), (right, y(share))], _LINE, 2)
        draw.text((left - 14, y(share)), f"{share:.0%}", _SOFT, _font(22), anchor="rm")
    for year in sorted({first, last}):
        draw.text((x(year), bottom + 12), str(year), _SOFT, _font(22), anchor="mt")
    family = str(rows["family"].iloc[0])
    for part in _stretches(rows):
        values = part[["year", "share_low", "share", "share_high"]].astype(float).to_numpy()
        low, points, high = (
            [(x(row[0]), y(row[column])) for row in values] for column in (1, 2, 3)
        )
        if len(part) > 1:
            draw.polygon([*low, *reversed(high)], _BAND)
            draw.line(points, colour(family), 6, joint="curve")
        for point in points:
            draw.circle(point, 7, colour(family))
    end = rows.iloc[-1]
    words = f"{name(family)}\n{end['share']:.0%}"
    draw.multiline_text((right + 24, y(end["share"])), words, _TEXT, _font(30), anchor="lm")


def _stretches(rows: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """The rows in parts, where a year between them is missing."""
    part = (rows["year"].diff() > 1).cumsum()
    for _, stretch in rows.groupby(part):
        yield stretch


def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    return ImageFont.load_default(size)
