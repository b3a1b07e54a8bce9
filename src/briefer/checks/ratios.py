"""Shares, multiples and percentages that the evidence gives by way of two figures, or in other words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import combinations

from briefer.checks.relations import FALLEN, RISEN, ROUGHLY
from briefer.checks.units import ALONE, MEASURES, compatible, fits, normal
from briefer.figure import Figure
from briefer.figure_words import LASTING
from briefer.stems import FUNCTION_WORDS

# Words that say that some of a thing went or is left.
_OFF = re.compile(
    r"\b(?:rest|remain\w*|wip(?:e|es|ed)|knock\w*|halv\w+|off|short of|down|below|(?:is|are) left"
    r"|un[a-z]{2,}(?:ed|nt|id|ld|rt)|di(?:e|ed|es)|dead|killed|destroyed|fail\w*|refus\w*|reject\w*|surviv\w*|empty|absent"
    r"|miss(?:ed|ing)|stayed away|spared|escaped|no|not|none|never|nobody)\b"
)
# By how much it grew or shrank: "a third cheaper", "cut nearly a third", "raised its price by a third".
_UP_BEHIND = re.compile(r"\s(?:again\b|higher|more|above|over|up|larger|longer|bigger|greater|dearer|\w{3,}er\b)")
_DOWN_BEHIND = re.compile(r"\s(?:less|fewer|lower|below|under|off|down|short\w*|smaller|weaker|cheaper|\w{3,}er\b)")
_ROSE = re.compile(rf"\b(?:{RISEN})\s(?:(?:\w+\s){{0,2}}{ROUGHLY}$|(?P<far>[^;:.!?]*)$)")
_FELL = re.compile(rf"\b(?:{FALLEN})\s(?:(?:\w+\s){{0,2}}{ROUGHLY}$|(?P<far>[^;:.!?]*)$)")
# What says that two figures make up a whole: neither is the whole itself.
_BOTH = re.compile(
    r"\b(?:both|together|combined|between them|altogether|the two|the other|the rest|votes?|voted|each|remaining)\b"
)
_THREE = 3
LEFT = re.compile(
    r"\b(?:rest|remain\w*|others?|left|leav\w+|neither|nobody|no|not|nothing|none|never|\w+n't|undecided|unsure|against"
    r"|oppos\w+|instead|abstain\w*|balance|without|fail\w*|reject\w*|refus\w*|unsuccessful\w*|elsewhere|los[et]\w*"
    r"|un[a-z]{2,}(?:ed|nt|id|ld|rt)|di(?:e|ed|es)|dead|killed|destroyed|surviv\w*|empty|absent|miss(?:ed|ing)|away|spared"
    r"|escaped|accept\w*|succe\w*)\b"
)


def is_ratio(figure: Figure, text: str, a: Figure, b: Figure) -> bool:
    """Whether "half", "twice" or "38 %" is one known figure over the other, or the change from one to the other.

    What the claim says of growth or of loss picks the one of these; where it says neither, or both, any may be meant.
    """
    if not compatible(a, b) or a.unit in ALONE or not a.value or not b.value:
        return False
    if a.unit != b.unit and _counts_other_things(a, b):
        return False
    small, large = sorted((a.value, b.value))
    if figure.unit == "x":
        # "More than halved" is a fall to less than half.
        return fits(figure if figure.value >= 1 else replace(figure, value=1 / figure.value), large / small)
    if figure.unit == "part":
        return any(fits(figure, share) for share in _parts(figure, text, small, large))
    percents = (100 * small / large, 100 * (large - small) / a.value, 100 * (large - small) / b.value)
    slack = max(min(figure.step, Fraction(1)) / 2, Fraction(1, 20))
    return any(abs(figure.value - p) <= slack or (figure.about and fits(figure, p)) for p in percents)


def _counts_other_things(a: Figure, b: Figure) -> bool:
    """Whether of a count and a length or a span of time the count has a noun of its own."""
    bare = a if not a.unit else b
    units = {a.unit, b.unit, normal(a).unit, normal(b).unit}
    if units & LASTING:
        return bool(bare.noun)
    return bool(units & MEASURES and bare.noun and bare.noun not in FUNCTION_WORDS)


def _parts(figure: Figure, text: str, small: Fraction, large: Fraction) -> Iterator[Fraction]:
    """Yield what a fraction of the claim may be of two values: share, growth or loss."""
    before = figure.ahead(text)
    up, down = _UP_BEHIND.match(text, figure.end), _DOWN_BEHIND.match(text, figure.end)
    if not up and not down:
        yield small / large
    of = text.startswith(" of", figure.end)
    rose, fell = (m if (m := way.search(before)) and not (of and m["far"]) else None for way in (_ROSE, _FELL))
    if up or rose:
        yield large / small - 1
    if down or fell or _OFF.search(text):
        yield 1 - small / large


def shares_of_sums(known: tuple[Figure, ...], text: str) -> Iterator[tuple[Fraction, tuple[Figure, ...]]]:
    """Yield what each of two is of both together, and of three what two are of the largest; and of which."""
    alike = [f for f in known if f.unit not in ALONE and f.value]
    for a, b in combinations(alike, 2):
        if compatible(a, b) and _BOTH.search(text):
            yield from ((f.value / (a.value + b.value), (a, b)) for f in (a, b))
        if a.unit == b.unit == "%":
            yield (a.value + b.value) / 100, (a, b)
    for a, b, c in combinations(sorted(alike, key=lambda f: f.value), 3) if len(alike) == _THREE else ():
        if compatible(a, b) and compatible(b, c):
            yield (a.value + b.value) / c.value, (a, b, c)


def shares_left(known: tuple[Figure, ...], text: str, told: str = "") -> Iterator[tuple[Fraction, tuple[Figure, ...]]]:
    """Yield what percentages leave of a hundred, and of which, where the claim speaks of the rest.

    `told` is the evidence, if that may speak of it in the claim's place: the word must stand in one of the two only.
    """
    shares = [(100 * f.value if f.unit == "part" else f.value, f) for f in known if f.unit in ("%", "part")]
    turned = {word[:4] for word in LEFT.findall(text)} ^ {word[:4] for word in LEFT.findall(told)}
    percents = shares if turned else []
    yield from ((100 - p, (f,)) for p, f in percents)
    yield from ((100 - p - q, (f, g)) for (p, f), (q, g) in combinations(percents, 2))
    yield from (
        (100 - sum((p for p, _ in three), Fraction(0)), tuple(f for _, f in three))
        for three in combinations(percents, 3)
    )


def _as_percent(figure: Figure) -> Figure:
    """Return 20 per cent for 20 cents on the florin."""
    return replace(figure, unit="%") if figure.unit == "cent" and " the " in figure.raw else figure


def is_quarter(figure: Figure, known: tuple[Figure, ...]) -> bool:
    """Whether "a quarter" is three months."""
    return figure.raw == "a quarter" and any(f.unit == "month" and f.value == _THREE for f in known)


def _is_multiple(figure: Figure, other: Figure) -> bool:
    """Whether a multiple says the same as a fraction or a percentage: halved for by half, twice for 200 %."""
    if {figure.unit, other.unit} == {"part", "x"}:
        return figure.value == other.value or figure.value * other.value == 1
    return figure.unit == "x" and other.unit == "%" and fits(figure, other.value / 100)


def is_share(figure: Figure, known: tuple[Figure, ...]) -> bool:
    """Whether a fraction says the same as a percentage: three fifths for 60 %, a quarter of a point for 25 bp."""
    for other in map(_as_percent, known):
        units = {figure.unit, other.unit}
        if _is_multiple(figure, other):
            return True
        if units == {"part", ""} and figure.value == other.value and figure.value.denominator > 1:
            return True
        if units not in ({"part", "%"}, {"part", "pp"}, {"part", "bp"}, {"bp", "pp"}, {"bp", "%"}):
            continue
        points = {f.value / 100 if f.unit == "bp" else f.value for f in (figure, other)}
        if len(points) == 1:
            return True
        if figure.unit == "part" and fits(figure, other.value / 100):
            return True
        if other.unit == "part" and abs(figure.value - other.value * 100) <= Fraction(3 if other.about else 1, 2):
            return True
    return False
