"""F: how a figure that the evidence does not print is worked out of those that it has, and of which."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

from briefer.checks.derived import equals, follows
from briefer.checks.evidence import Evidence
from briefer.checks.rates import follows_by_time, lasts_at_a_rate, since
from briefer.checks.ratios import is_ratio
from briefer.checks.relations import related
from briefer.checks.spans import is_span
from briefer.checks.told_days import claimed_days, days_of, named_days
from briefer.checks.units import normal
from briefer.figure import Figure
from briefer.figure_words import UNITS

_TWO = 2
# Of more figures than these any number is the sum of two.
_FEW = 12
# "The strike is in its fourth week."
_NTH = re.compile(r"\s(day|week|month|year)\b")
_BARE_TIME = re.compile(r"([01]?\d|2[0-3])[.:]([0-5]\d)")
_RATIOS = ("x", "part", "%")
# "Its 63rd birthday" is 63 years after the first day.
_ANNIVERSARY = re.compile(r"\s(?:birthday|anniversary|year|jubilee)\b")


def worked_out(figure: Figure, evidence: Evidence) -> bool:
    """Whether a figure of the claim follows from the cited sentences, in one step or as a share of such a step."""
    said = evidence.said.casefold()
    if any(operands(figure, evidence)) or _is_span(figure, evidence, said):
        return True
    told = (*follows_by_time(said, evidence), *related(evidence, said), *lasts_at_a_rate(evidence), *since(evidence))
    return any(equals(figure, *each) for each in told) or _is_share_of_own(figure, evidence, said)


def operands(figure: Figure, evidence: Evidence) -> Iterator[tuple[Figure, ...]]:
    """Yield the known figures of which a figure of the claim may be made up, as they were written or `normal`."""
    said = evidence.said.casefold()
    for counts, texts in _together(evidence):
        known = times_told(figure, counts)
        yield from follows(figure, said, known, texts)
        plain = tuple(map(normal, known))
        if (normal(figure), plain) != (figure, known):
            yield from follows(normal(figure), said, plain, texts)


def _together(evidence: Evidence) -> Iterator[tuple[tuple[Figure, ...], tuple[str, ...]]]:
    """Yield the figures that may be put together, with their texts: all, or where these are many by the sentence."""
    if len(evidence.counts) <= _FEW:
        yield evidence.counts, evidence.texts
        return
    counts = frozenset(evidence.counts)
    for sentence, text in zip(evidence.cited, evidence.texts, strict=True):
        own = tuple(f for f in evidence.figures_of(sentence) if f in counts)
        if 0 < len(own) <= _FEW:
            yield own, (text,)


def times_told(figure: Figure, known: tuple[Figure, ...]) -> tuple[Figure, ...]:
    """Return the figures; beside a span of time or a time of day, 8.35 is read as one."""
    if normal(figure).unit not in ("min", "time"):
        return known
    return tuple(
        replace(f, unit="time", value=Fraction(60 * int(m[1]) + int(m[2])))
        if not f.unit and (m := _BARE_TIME.fullmatch(f.raw))
        else f
        for f in known
    )


def _is_share_of_own(figure: Figure, evidence: Evidence, said: str) -> bool:
    """Whether a share is that of a figure which the claim has worked out itself: 25 of 71, a third."""
    if figure.unit not in _RATIOS:
        return False
    made = [f for f in evidence.own if f.unit not in ("x", "part") and f.start != figure.start]
    return any(is_ratio(figure, said, *map(normal, pair)) for m in made for k in evidence.counts for pair in [(m, k)])


def _is_span(figure: Figure, evidence: Evidence, said: str) -> bool:
    """Whether the figure is the time between two days that are named, or between one and the day of publication."""
    if _is_nth_of_span(figure, evidence, said):
        return True
    counted = normal(figure)
    if figure.unit == "nth" and _ANNIVERSARY.match(said, figure.end):
        counted = normal(replace(figure, unit="year"))
    named = named_days(evidence)
    # Where two are named the claim is about these: up to the day of publication only an exact time is no chance.
    every = [*days_of(evidence), *claimed_days(evidence)]
    return is_span(counted, named) or is_span(counted, every, room=len(set(named)) < _TWO)


def _is_nth_of_span(figure: Figure, evidence: Evidence, said: str) -> bool:
    """Whether the fourth day or week is that in which a span of time of the evidence ends."""
    unit = _NTH.match(said, figure.end) if figure.unit == "nth" else None
    if not unit:
        return False
    whole = normal(Figure(figure.value, UNITS[unit[1]], "", 0, 0))
    before = normal(Figure(figure.value - 1, UNITS[unit[1]], "", 0, 0))
    spans = [f.value for f in map(normal, evidence.counts) if f.unit == whole.unit]
    return any(before.value <= span <= whole.value for span in spans) or is_span(
        replace(before, about="more"), days_of(evidence)
    )
