"""Figures that the evidence does not print but that follow from it: sums, differences, products, shares."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import chain, combinations

from briefer.checks.relations import FALLEN, RISEN, ROUGHLY, is_told_as_change
from briefer.checks.units import ALONE, CURRENCIES, compatible, fits, is_on_its_side, leaves_room, normal
from briefer.figure_words import ENGLISH, LASTING
from briefer.figures import Figure
from briefer.stems import FUNCTION_WORDS

# Words that say a figure was worked out from others.
_DERIVED = re.compile(
    r"\b(?:total|together|combined|altogether|in all|sum|both|more|fewer|less|up|down|rose|risen|fell|fallen|increase"
    r"|decrease|cut|drop|loss|gain|difference|gap|margin|between|later|earlier|after|before|apart|raised|lowered"
    r"|another|other|others|remaining|remain(?:s|ed)?|left|leav(?:es|ing)|rest|additional|extra|previous|by|above|below"
    r"|beyond|over|under|short of|clear of|exceed\w*|ahead|behind|ago|since|than|\w{2,}er than|exce(?:ss|pt)|net|each"
    r"|every|per|a head|apiece|of the|of them|outnumber\w*|would|imply|implies|out of|all but|majority of|to spare"
    rf"|lead|{RISEN}|{FALLEN})\b",
    re.IGNORECASE,
)
# Words that say by how much a thing grew, or how much of it went or is left.
_GREW = re.compile(
    r"\b(?:rose|risen|rise|grew|grown|increas\w+|up|higher|more \w+ than|larger|longer"
    r"|(?:\w+th|quarter|half|third|%|percent) more)\b",
    re.IGNORECASE,
)
_SHRANK = re.compile(
    r"\b(?:fell|fallen|cuts?|lower|drop\w*|shr[au]nk|wip(?:e|es|ed)"
    r"|trim\w*|reduc\w+|slash\w*|knock\w*|halv\w+|down|less|fewer|rest|remain\w*|below|under|off|short of)\b",
    re.IGNORECASE,
)
# "Lift the ceiling by a quarter": any other word of growth, with the "by".
_GREW_BY = re.compile(rf"\b(?:{RISEN})\b[^;:.!?]*\bby\s{ROUGHLY}$", re.IGNORECASE)
_SHRANK_BY = re.compile(rf"\b(?:{FALLEN})\b[^;:.!?]*\bby\s{ROUGHLY}$", re.IGNORECASE)
# The same for a small count, which any two others might add up to.
_WORKED = re.compile(
    r"\b(?:total|together|combined|in all|more|fewer|less|later|earlier|difference|gap|margin|apart|another|others?"
    r"|remain\w*|left|rest|additional|extra|ahead|behind|ago|than|of the|of them|outnumber\w*|above|below|short of"
    r"|all but|majority of|to spare|leads?(?: by| of)"
    r"|clear of|(?:minutes?|hours?|days?) (?:after|before)|by \w+ (?:votes?|points?|seats?|goals?)|up from|down from"
    r"|(?:rose|risen|rise|fell|fallen|fall|cut|grew|up|down|raised|lowered|widened|narrowed|dropped) by)\b",
    re.IGNORECASE,
)
_ADDED = re.compile(
    r"\b(?:total|together|combined|altogether|in all|sum|both|between|more|another|others?|additional|extra|plus"
    r"|further|and|after|later|raised|rose|grew|up|than|over|above)\b",
    re.IGNORECASE,
)
_REST = re.compile(
    r"\b(?:rest|remain\w*|others?|left|leav\w+|neither|nobody|no|not|\w+n't|undecided|unsure|against|oppos\w+|instead"
    r"|abstain\w*|balance|without)\b",
    re.IGNORECASE,
)
# Two of nine: what the other seven leave.
_OF_SO_MANY = re.compile(rf"\s(?:\w+\s)?(?:out )?of (?:the |its |their )?(?:{'|'.join(ENGLISH)}|\d)")
_EACH = re.compile(r"\b(?:each|apiece|a head|per (?:head|person|capita)|every|on average|average)\b", re.IGNORECASE)
_TOTAL = re.compile(r"\b(?:total|together|combined|altogether|in all|sum|between them|both)\b", re.IGNORECASE)
# A figure that was worked out is rounded less than that.
_WORKED_OUT, _WORKED_OUT_TIME = Fraction(1, 25), Fraction(1, 10)


def follows(figure: Figure, text: str, known: tuple[Figure, ...], evidence: Sequence[str] = ()) -> bool:
    """Whether a figure is the sum, the difference, the product or the share of known ones; all `normal`.

    A small count is one only where `text`, the claim, has a word for it: five is the difference of too much.
    """
    if figure.unit in ("x", "part", "%") and any(_is_ratio(figure, text, a, b) for a, b in combinations(known, 2)):
        return True
    if figure.unit == "part" and any(fits(figure, rest / 100) for rest in _rests(known, " ".join((text, *evidence)))):
        return True
    small = figure.value <= 12 and figure.value.denominator == 1
    said = (_WORKED if small else _DERIVED).search(text) is not None or is_told_as_change(figure, text)
    said = said or _OF_SO_MANY.match(text, figure.end) is not None
    if small and not said:
        return False
    results = chain(
        _sums(figure, text, known, said),
        _times(known),
        _products(known, said),
        _quotients(known, text),
        _of_three(known[:12], text),
        ((rest, "%") for rest in _rests(known, text)),
    )
    return any(equals(figure, value, unit) for value, unit in results)


def _sums(figure: Figure, text: str, known: tuple[Figure, ...], said: bool) -> Iterator[tuple[Fraction, str]]:
    # Whatever is counted one by one may be added up; shares, rates and lengths only where the claim says so.
    counts = figure.value.denominator == 1 and figure.unit in ("", *CURRENCIES)
    added = counts or _ADDED.search(text) is not None
    # By how much a share rose is told in points.
    moved = figure.unit == "%" and (_GREW.search(text) or _SHRANK.search(text))
    for a, b in combinations(known, 2):
        if compatible(a, b):
            unit = "pp" if a.unit == "%" and figure.unit == "pp" else a.unit or b.unit
            if added and not _is_one_of(figure, text, a, b):
                yield a.value + b.value, unit
            if said and not (a.unit == "%" and moved):
                yield abs(a.value - b.value), unit


def _is_one_of(figure: Figure, text: str, a: Figure, b: Figure) -> bool:
    """Whether two figures count two things and the claim's counts one of these: 5,000 builders and 1,000 sappers."""
    if re.match(r"\s[\w-]+\s(?:and|or)\b", text[figure.end :]):
        return False
    named = a.noun and b.noun and not {a.noun, b.noun} & FUNCTION_WORDS
    return bool(named and a.noun != b.noun and figure.noun in (a.noun, b.noun))


def _rests(known: tuple[Figure, ...], text: str) -> Iterator[Fraction]:
    """What one or two percentages leave of a hundred, where the claim speaks of the rest."""
    shares = [100 * f.value if f.unit == "part" else f.value for f in known if f.unit in ("%", "part")]
    percents = shares if _REST.search(text) else []
    yield from (100 - p for p in percents)
    yield from (100 - a - b for a, b in combinations(percents, 2))


def _quotients(known: tuple[Figure, ...], text: str) -> Iterator[tuple[Fraction, str]]:
    if _EACH.search(text):
        for one, other in combinations(known, 2):
            for a, b in ((one, other), (other, one)):
                if b.value and not b.unit and a.unit not in ALONE:
                    yield a.value / b.value, a.unit


def _of_three(known: tuple[Figure, ...], text: str) -> Iterator[tuple[Fraction, str]]:
    """The sum of three, where the claim says so, and what two of them leave of the largest."""
    for three in combinations(known, 3):
        units = {f.unit for f in three} - {""}
        if len(units) <= 1 and not units & {*ALONE, *LASTING, "%", "pp"} or {f.unit for f in three} == units:
            least, middle, most = sorted(f.value for f in three)
            yield most - middle - least, max(f.unit for f in three)
            if _TOTAL.search(text):
                yield most + middle + least, max(f.unit for f in three)


def _times(known: tuple[Figure, ...]) -> Iterator[tuple[Fraction, str]]:
    for a, b in combinations(known, 2):
        if a.unit == b.unit == "time":
            yield abs(a.value - b.value), "min"
            yield 1440 - abs(a.value - b.value), "min"
        elif {a.unit, b.unit} == {"time", "min"}:
            at, span = (a, b) if a.unit == "time" else (b, a)
            yield at.value + span.value, "time"
            yield at.value - span.value, "time"


def _products(known: tuple[Figure, ...], said: bool) -> Iterator[tuple[Fraction, str]]:
    for one, other in combinations(known, 2):
        for a, b in ((one, other), (other, one)):
            if b.unit == "%" and a.unit not in ("%", "pp", *ALONE) and b.value:
                yield a.value * b.value / 100, a.unit
                yield a.value * 100 / b.value, a.unit
                yield a.value * (100 - b.value) / 100, a.unit
            elif b.unit in ("pp", "bp") and a.unit not in ("%", "pp", "bp", *ALONE):
                yield a.value * b.value / (100 if b.unit == "pp" else 10000), a.unit
            elif b.unit in ("part", "x") and a.unit not in ALONE:
                yield a.value * b.value, a.unit
                yield a.value * (1 - b.value), a.unit
        if said and "" in (one.unit, other.unit) and not {one.unit, other.unit} & {"%", "pp", *ALONE}:
            yield one.value * other.value, one.unit or other.unit


def equals(figure: Figure, value: Fraction, unit: str) -> bool:
    """Whether a figure is this worked-out value, fairly rounded."""
    if figure.value != value:
        near = abs(figure.value - value) <= value * (_WORKED_OUT_TIME if unit == "min" else _WORKED_OUT)
        if unit == figure.unit and leaves_room(figure, value):
            return True
        if not figure.about or not near or not is_on_its_side(figure, value):
            return False
    return compatible(figure, Figure(value, unit, str(value), 0, 0)) or (figure.unit in ("min", "month") and unit == "")


def _is_ratio(figure: Figure, text: str, a: Figure, b: Figure) -> bool:
    """Whether "half", "twice" or "38 %" is one known figure over the other, or the change from one to the other."""
    if not compatible(a, b) or a.unit in ALONE or not a.value or not b.value:
        return False
    counts = a if not a.unit else b
    if a.unit != b.unit and counts.noun and LASTING & {a.unit, b.unit, normal(a).unit, normal(b).unit}:
        return False
    small, large = sorted((a.value, b.value))
    if figure.unit == "x":
        # "More than halved" is a fall to less than half.
        return fits(figure if figure.value >= 1 else replace(figure, value=1 / figure.value), large / small)
    if figure.unit == "part":
        shares = [small / large]
        shrank = _SHRANK.search(text) or re.search(rf"\blos\w+\b.{{0,25}}{re.escape(figure.raw)}", text, re.IGNORECASE)
        before = figure.ahead(text)
        shares += [large / small - 1] * bool(_GREW.search(text) or _GREW_BY.search(before))
        shares += [1 - small / large] * bool(shrank or _SHRANK_BY.search(before))
        return any(fits(figure, share) for share in shares)
    percents = (100 * small / large, 100 * (large - small) / a.value, 100 * (large - small) / b.value)
    slack = max(min(figure.step, Fraction(1)) / 2, Fraction(1, 20))
    return any(abs(figure.value - p) <= slack or (figure.about and fits(figure, p)) for p in percents)


def is_share(figure: Figure, known: tuple[Figure, ...]) -> bool:
    """Whether a fraction says the same as a percentage: three fifths for 60 %, a quarter of a point for 25 bp."""
    for other in known:
        units = {figure.unit, other.unit}
        if units == {"part", "x"} and figure.value * other.value == 1:
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
