"""F: clock times of the claim, held to those of the evidence: the same, near it, before it or after it."""

from __future__ import annotations

import re

from briefer.checks.units import is_ambiguous
from briefer.figure import Figure

_BARE = re.compile(r"(\d{1,2})[.:]([0-5]\d)")
# What stands before an hour of the day that is written as a bare word.
_AT = re.compile(r"\b(?:at|by|until|till|before|after|since|from|past|of|around|about|between|and|to)\s$")
_SIDE = re.compile(
    r"\b(?:(?P<near>shortly|just|soon|right|immediately|not long|a little|a few minutes|minutes|moments) )?"
    r"(?P<side>before|after|past)\s$"
)
_ABOUT = re.compile(r"\b(?:about|around|roughly|approximately|some time|towards?|close to|nearly|almost)\s$")
# How many minutes "about", "shortly after" and "after" leave; noon and midnight part the day, an hour only itself.
_ABOUT_IT, _NEAR_IT, _AFTER_IT, _HALF = 15, 30, 60, 180
_DAY, _HALF_DAY = 1440, 720
_PARTS = (0, 720)


def is_clock_time(figure: Figure, text: str, known: tuple[Figure, ...]) -> bool:
    """Whether a figure of the claim is a time of day that a time of the evidence bears out.

    `text` is the claim, folded and in lower case: "nine", "before noon" and "just after half past two" are read in it.
    """
    before = figure.ahead(text)
    minutes = _minutes(figure, before)
    if minutes is None:
        return False
    for other in known:
        theirs = _minutes(other, "")
        # Two bare numbers are two numbers: one of them must be a time beyond doubt.
        if theirs is None or "time" not in (figure.unit, other.unit):
            continue
        day = _HALF_DAY if _is_open(figure) or _is_open(other) else _DAY
        if _bears_out((theirs - minutes + day // 2) % day - day // 2, before, minutes):
            return True
    return False


def _minutes(figure: Figure, before: str) -> int | None:
    """Return the minutes after midnight that a figure may stand for, None if it is no time of day."""
    if figure.unit == "time":
        return int(figure.value)
    bare = _BARE.fullmatch(figure.raw)
    if figure.unit or not (bare or (_AT.search(before) and 1 <= figure.value <= 12 and figure.value.denominator == 1)):
        return None
    return int(bare[1]) * 60 + int(bare[2]) if bare else int(figure.value) * 60


def _is_open(figure: Figure) -> bool:
    return figure.unit != "time" or is_ambiguous(figure)


def _bears_out(later: int, before: str, minutes: int) -> bool:
    """Whether an event `later` minutes after the claim's time of day is told fairly by the words before that time."""
    side = _SIDE.search(before)
    if side:
        room = _NEAR_IT if side["near"] else _HALF if minutes % _DAY in _PARTS else _AFTER_IT
        return -room <= later <= 0 if side["side"] == "before" else 0 <= later <= room
    return later == 0 or (abs(later) <= _ABOUT_IT and _ABOUT.search(before) is not None)
