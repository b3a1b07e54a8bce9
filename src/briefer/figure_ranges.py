"""What the ends of a range share: "about 15 to 20 cents", "two to three million", "between 11.15 and 11.50 p.m."."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import zip_longest

from briefer.figure import Figure
from briefer.figure_words import SCALES

_ROUGHLY = ("about", "around", "some", "roughly", "approximately")
_RANGE = re.compile(r"(?:\s\w+)?\s?(?:to|or|and|-)\s?[$€£¥]?")
_CLOCK = re.compile(r"(?P<h>1?\d)(?:[.:](?P<m>[0-5]\d))?")
_HALF_A_DAY = 720


def ranged(found: list[Figure], text: str) -> Iterator[Figure]:
    """Yield the figures; what is about one end of a range is about both, and so is the unit behind it."""
    about, end = "", 0
    for figure, after in zip_longest(found, found[1:]):
        joined = about in _ROUGHLY and _RANGE.fullmatch(text[end : figure.start])
        told = replace(figure, about=about) if joined and not figure.about else figure
        about, end = told.about, told.end
        yield _lower_end(told, after, text) if after else told


def _lower_end(figure: Figure, upper: Figure, text: str) -> Figure:
    """Return the 15 of "15 to 20 cents" with its unit, the two of "two to three million" with its scale."""
    between = text[figure.end : upper.start].strip()
    range_ = between in ("to", "or") or (between == "and" and figure.ahead(text).endswith("between "))
    if range_ and upper.unit == "time" and not figure.unit:
        return _earlier(figure, upper)
    scale = next((SCALES[w] for w in upper.raw.split()[1:] if w in SCALES), 1)
    if figure.unit or not range_ or upper.unit in ("time", "nth", "x", "part") or figure.value >= upper.value:
        return figure
    value = figure.value * scale if figure.value * scale < upper.value else figure.value
    return replace(figure, value=value, unit=upper.unit, noun=upper.noun)


def _earlier(figure: Figure, upper: Figure) -> Figure:
    """Return the 11.15 of "between 11.15 and 11.50 p.m." as a time in the same half of the day."""
    clock = _CLOCK.fullmatch(figure.raw)
    minutes = 60 * int(clock["h"]) + int(clock["m"] or 0) if clock else 0
    at = [m for m in (minutes + _HALF_A_DAY, minutes) if clock and m < upper.value]
    return replace(figure, value=Fraction(at[0]), unit="time", noun="") if at else figure
