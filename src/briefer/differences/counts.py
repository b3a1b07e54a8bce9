"""A count as it is written: one figure or a range, its bound word, and the numbers that it allows for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from briefer.figure import Figure
from briefer.figures import figures

_LEAST = (
    r"at least|more than|over|(?:no|not) (?:fewer|less) than|upwards of|in excess of|exceed(?:s|ed|ing)?|topped|above"
)
_MOST = r"(?:no|not) more than|up to|as (?:many|much) as|fewer than|less than|under|below|at most"
_ABOUT = r"about|around|some|roughly|approximately|nearly|almost|close to|(?:an )?estimated|perhaps"
_BOUND = re.compile(rf"\b(?:(?P<least>{_LEAST})|(?P<most>{_MOST})|(?P<about>{_ABOUT}))\s$")
_OR_MORE = re.compile(r"\s?(?:\+|or more\b)")
# What joins the two ends of a range, and what tells a change from a range.
_JOINED = re.compile(r"\s?(?:to|or|-)\s?|\sand\s")
_BETWEEN = re.compile(r"\bbetween\s(?:\w+\s)?$")
_CHANGED = re.compile(
    r"\b(?:rose|risen|raised|up|climbed|increased|cut|lowered|fell|revised|down|jumped|dropped|grew)\b[^,;]*\bfrom\s$"
)
# What bounds a count stands no further before it than this.
_NEAR = 80
# From a thousand on, the last digit that is not zero may be rounded.
_ROUNDED_FROM = 1000
_EXACT = Fraction(1, 1000)


@dataclass(frozen=True, slots=True)
class Count:
    """A count at `start:end` of its text, `value` as printed; an open `span` has no upper end."""

    value: str
    unit: str
    start: int
    end: int
    span: tuple[Fraction, Fraction | None]


def counts(text: str) -> Iterator[Count]:
    """Yield the counts of a folded text whose dates are blanked; of a change, only what it came to."""
    low = text.casefold()
    given = list(figures(text))
    at = 0
    while at < len(given):
        first, upper = given[at], given[at + 1] if at + 1 < len(given) else None
        at += 1
        if upper and _is_joined(low, first, upper):
            at += 1
            start = _start(low, first)
            if _CHANGED.search(low, max(0, start - _NEAR), start):
                yield _count(text, low, upper, None)
            else:
                yield _count(text, low, first, upper)
        elif not low[: _start(low, first)].endswith(" from "):
            yield _count(text, low, first, None)


def _is_joined(low: str, first: Figure, upper: Figure) -> bool:
    start = _start(low, first)
    joint = low[first.end : upper.start + (low[upper.start] == " ")]
    if not _JOINED.fullmatch(joint) or (first.unit and first.unit != upper.unit):
        return False
    if joint.strip() == "and" and not _BETWEEN.search(low, max(0, start - _NEAR), start):
        return False
    return first.value < upper.value or bool(_CHANGED.search(low, max(0, start - _NEAR), start))


def _start(low: str, figure: Figure) -> int:
    return figure.start + (low[figure.start] == " ")


def _count(text: str, low: str, figure: Figure, upper: Figure | None) -> Count:
    start, end = _start(low, figure), (upper or figure).end
    bound = _BOUND.search(low, max(0, start - _NEAR), start)
    value = text[bound.start() if bound else start : end].strip()
    start = bound.start() if bound else start
    slack = figure.step / 2 if figure.value >= _ROUNDED_FROM else _EXACT
    about = max(slack, figure.value / 10) if bound and bound["about"] else slack
    span: tuple[Fraction, Fraction | None] = (figure.value - about, figure.value + about)
    if upper:
        span = (figure.value, upper.value + _EXACT)
    elif (bound and bound["least"]) or _OR_MORE.match(low[end:]):
        span = (figure.value, None)
    elif bound and bound["most"]:
        span = (Fraction(-1), figure.value + slack)
    return Count(value, (upper or figure).unit, start, end, span)
