"""Figures that the evidence does not print but that follow from it: sums, differences, products, shares.

One step from the cited figures is enough, and no word of the claim need say that it was worked out: a wrong figure is
seldom by accident the sum or the difference of two cited ones. Only a small count is, which any two others may make up.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, product
from math import ceil

from briefer.checks.ratios import LEFT, is_ratio, shares_left, shares_of_sums
from briefer.checks.relations import FALLEN, RISEN, is_told_as_change
from briefer.checks.units import ALONE, MEASURES, NEAR, compatible, fits, is_on_its_side, is_within, leaves_room
from briefer.figure import Figure
from briefer.figure_words import CURRENCIES, ENGLISH, LASTING
from briefer.figures import SOME_OF
from briefer.stems import FUNCTION_WORDS
from briefer.text import compiled

# Words that say a small count was worked out from others.
_WORKED = re.compile(
    r"\b(?:total|together|combined|between them|in all|more|fewer|less|later|earlier|difference|gap|margin|apart"
    r"|another|others?|remain\w*|left|rest|additional|extra|ahead|behind|ago|than|of the|of them"
    r"|outnumber\w*|above|below|short of"
    r"|all but|majority of|to spare|leads?(?: by| of)|too (?:many|few|much|little)"
    r"|empty|vacant|free|spare|unfilled|outside|added|places?|altogether"
    r"|clear of|(?:minutes?|hours?|days?) (?:after|before)|by \w+ (?:votes?|points?|seats?|goals?)|up from|down from"
    r"|(?:rose|risen|rise|fell|fallen|fall|cut|grew|up|down|raised|lowered|widened|narrowed|dropped) by)\b",
    re.IGNORECASE,
)
# By how much a share rose is told in points.
_MOVED = rf"\b(?:{RISEN}|{FALLEN}|higher|below|under|off|short of)\b"
# Two of nine: what the other seven leave.
_OF_SO_MANY = re.compile(rf"\s(?:\w+\s)?(?:out )?of (?:the |its |their )?(?:{'|'.join(ENGLISH)}|\d)")
_OF_THE = re.compile(rf"\s(?:\w+\s)?(?:out )?of (?:the |its |their )?({'|'.join(ENGLISH)}|\d{{1,3}})\b")
_ONE = re.compile(r"\b(?:[Oo]ne|[Aa] single)\b")
_EACH = re.compile(
    r"\b(?:each|apiece|a head|per (?:head|person|capita)|every|on average|average|impl\w+|to (?:an?|one)"
    r"|an? (?:hour|day|litre|mile|ton|tonne)"
    r"|(?:an?|one) (?:[\w-]+ ){1,3}?(?:costs?|pays?|paid|earn\w*|gets?|got|weigh\w*|takes?|took|holds?|carr\w+))\b",
    re.IGNORECASE,
)
_TOTAL = re.compile(r"\b(?:total|together|combined|altogether|in all|sum|between them|both)\b", re.IGNORECASE)
_OTHERS = re.compile(r"\b(?:others?|rest|opposition|majority|everyone else|remain\w*)\b")
# A figure that was worked out is rounded less than that.
_WORKED_OUT, _WORKED_OUT_TIME = Fraction(1, 25), Fraction(1, 10)
# The largest of the counts that any two others may make up, and of how many figures larger ones do so by accident.
_SMALL, _FEW = 12, 4
# Of more figures than these any three may come to a fourth.
_LIST = 6


@dataclass(frozen=True, slots=True)
class Result:
    """What follows from known figures in one step, and from which."""

    value: Fraction
    unit: str
    of: tuple[Figure, ...]


def follows(
    figure: Figure, text: str, known: tuple[Figure, ...], evidence: tuple[str, ...] = ()
) -> Iterator[tuple[Figure, ...]]:
    """Yield the known figures of which a figure is the sum, the difference, the product or the share; all `normal`.

    `text` is the claim in lower case, `evidence` the cited sentences.
    """
    if figure.unit in ("x", "part", "%"):
        yield from ((a, b) for a, b in combinations(known, 2) if is_ratio(figure, text, a, b))
    if figure.unit == "part":
        told = " ".join(evidence).casefold()
        rests = shares_left(known, text, told)
        yield from (of for rest, of in rests if fits(figure, rest / 100))
        sums = shares_of_sums(known, f"{text} {told}") if len(known) <= _FEW else ()
        yield from (of for share, of in sums if fits(figure, share))
    yield from (r.of for r in _results(figure, text, known, evidence) if equals(figure, r.value, r.unit))


def _results(figure: Figure, text: str, known: tuple[Figure, ...], evidence: tuple[str, ...]) -> Iterator[Result]:
    yield from times(known)
    yield from _times_over(figure, known)
    yield from (Result(rest, "%", of) for rest, of in shares_left(known, text))
    yield from _all_but_one(figure, text, known, evidence)
    if len(known) > 1:
        yield from _of_several(figure, text, known, evidence)


def _of_several(figure: Figure, text: str, known: tuple[Figure, ...], evidence: tuple[str, ...]) -> Iterator[Result]:
    """Yield what two or three figures give; of a small count only where the claim says that it was worked out."""
    count = figure.value / figure.one
    small = count <= _SMALL and count.denominator == 1 and figure.unit in ("", "%", *LASTING)
    said = _WORKED.search(text) or is_told_as_change(figure, text) or _OF_SO_MANY.match(text, figure.end)
    if small and not said:
        yield from _large_differences(known)
        return
    whole = " ".join((text, *evidence)).casefold()
    yield from _sums(figure, text, known, bool(said), whole)
    yield from _products(known, whole)
    yield from _quotients(known, whole)
    yield from _of_three(known[:12], text, large=count > _SMALL and len(known) <= _LIST)
    yield from _shares_of_products(known) if figure.unit in CURRENCIES or count > _SMALL else ()


def _large_differences(known: tuple[Figure, ...]) -> Iterator[Result]:
    """Yield the small differences of large figures: few of these are near each other by accident."""
    for a, b in combinations(known, 2) if len(known) <= _FEW else ():
        if compatible(a, b) and min(a.value, b.value) > _SMALL and a.unit not in ALONE:
            yield Result(abs(a.value - b.value), a.unit or b.unit, (a, b))


def _all_but_one(figure: Figure, text: str, known: tuple[Figure, ...], evidence: tuple[str, ...]) -> Iterator[Result]:
    """Yield four for "four of the five", where the evidence tells of one and of five."""
    whole = _OF_THE.match(text, figure.end)
    if whole and any(_ONE.search(each) for each in evidence):
        count = int(whole[1]) if whole[1].isdigit() else ENGLISH[whole[1]]
        yield from (Result(f.value - 1, "", (f,)) for f in known if f.value == count and not f.unit)


def _times_over(figure: Figure, known: tuple[Figure, ...]) -> Iterator[Result]:
    """Yield how many loads a whole takes at least: 3,800 people in a ship for 900 are five crossings."""
    for a, b in combinations(known, 2) if figure.about == "at" else ():
        if a.unit == b.unit and min(a.value, b.value) > _SMALL and a.unit not in ALONE:
            yield Result(Fraction(ceil(max(a.value, b.value) / min(a.value, b.value))), "", (a, b))


def _sums(figure: Figure, text: str, known: tuple[Figure, ...], said: bool, whole: str) -> Iterator[Result]:
    moved = figure.unit == "%" and compiled(_MOVED, re.IGNORECASE).search(text)
    for a, b in combinations(known, 2):
        if not _add_up(a, b, said, figure.unit == "pp"):
            continue
        unit = "pp" if a.unit == "%" and figure.unit == "pp" else "" if a.unit == "nth" else a.unit or b.unit
        other = _is_small_count(a, b)
        if not _is_one_of(figure, text, a, b) and a.unit != "nth" and not other:
            yield Result(a.value + b.value, unit, (a, b))
        level = figure.noun and figure.noun in (a.noun, b.noun) and not (LEFT.search(text) or _is_whole(a, b, whole))
        if said and _OTHERS.search(text):
            # 95 of 180 are ten more than all the others.
            yield Result(abs(2 * min(a.value, b.value) - max(a.value, b.value)), unit, (a, b))
        if not (a.unit == "%" and moved) and (said or not (other or level)):
            yield Result(abs(a.value - b.value), unit, (a, b))


def _add_up(a: Figure, b: Figure, said: bool, points: bool) -> bool:
    """Whether two figures may be added or taken from each other; shares only where the claim says so."""
    if not compatible(a, b) or {a.unit, b.unit} & {*ALONE} - {"nth"}:
        return False
    return said or points or a.unit != "%" or a.unit != b.unit


def _is_whole(a: Figure, b: Figure, text: str) -> bool:
    """Whether the larger of two figures is told as that of which the other is a part: of the 30 passengers eight."""
    most = re.escape(max(a, b, key=lambda f: f.value).raw)
    return re.search(rf"\bof (?:the |its |their |these |those |all )?(?:some |about )?{most}(?!\d)", text) is not None


def _is_small_count(a: Figure, b: Figure) -> bool:
    """Whether the one of two figures that has no unit is a small count, most often of something else."""
    return a.unit != b.unit and any(f.value <= _SMALL and f.value.denominator == 1 for f in (a, b))


def _is_one_of(figure: Figure, text: str, a: Figure, b: Figure) -> bool:
    """Whether two figures count two things and the claim's counts one of these: 5,000 builders and 1,000 sappers."""
    if re.match(r"\s[\w-]+\s(?:and|or)\b", text[figure.end :]):
        return False
    named = a.noun and b.noun and not {a.noun, b.noun} & {*FUNCTION_WORDS, SOME_OF}
    return bool(named and a.noun != b.noun and figure.noun in (a.noun, b.noun))


def _quotients(known: tuple[Figure, ...], text: str) -> Iterator[Result]:
    if _EACH.search(text):
        for one, other in combinations(known, 2):
            for a, b in ((one, other), (other, one)):
                if b.value and not b.unit and a.unit not in ALONE:
                    yield Result(a.value / b.value, a.unit, (a, b))
                if b.value and b.unit in (*LASTING, *MEASURES) and a.unit in ("", *CURRENCIES):
                    yield Result(a.value / (b.value / b.one), a.unit, (a, b))
                if b.value and {a.unit, b.unit} & CURRENCIES and compatible(a, b):
                    yield Result(a.value / b.value, "", (a, b))


def _of_three(known: tuple[Figure, ...], text: str, *, large: bool) -> Iterator[Result]:
    """The sum of three, where the claim says so or it is large; what two leave of the largest; a share of a product."""
    for three in combinations(known, 3):
        units = {f.unit for f in three} - {""}
        if len(units) <= 1 and not units & {*ALONE, *LASTING, "%", "pp"} or {f.unit for f in three} == units:
            least, middle, most = sorted(f.value for f in three)
            yield Result(most - middle - least, max(f.unit for f in three), three)
            if large or _TOTAL.search(text):
                yield Result(most + middle + least, max(f.unit for f in three), three)


def _shares_of_products(known: tuple[Figure, ...]) -> Iterator[Result]:
    """Yield what a share is of so many at a price each: 15% of 11 scanners at 80 million apiece."""
    shares = [f for f in known if f.unit in ("%", "part")] if len(known) <= _LIST else []
    prices = [f for f in known if f.unit in CURRENCIES]
    counts = [f for f in known if not f.unit and f.noun]
    for share, price, count in product(shares, prices, counts):
        part = share.value / 100 if share.unit == "%" else share.value
        yield Result(part * price.value * count.value, price.unit, (share, price, count))


def times(known: Sequence[Figure]) -> Iterator[Result]:
    """Yield the minutes between two times of day, and the time that lies some minutes from another; all `normal`."""
    for a, b in combinations(known, 2):
        if a.unit == b.unit == "time":
            yield Result(abs(a.value - b.value), "min", (a, b))
            yield Result(1440 - abs(a.value - b.value), "min", (a, b))
        elif {a.unit, b.unit} == {"time", "min"}:
            at, span = (a, b) if a.unit == "time" else (b, a)
            yield Result((at.value + span.value) % 1440, "time", (a, b))
            yield Result((at.value - span.value) % 1440, "time", (a, b))


def _products(known: tuple[Figure, ...], text: str) -> Iterator[Result]:
    each = _EACH.search(text) or _TOTAL.search(text)
    for one, other in combinations(known, 2):
        for a, b in ((one, other), (other, one)):
            yield from (Result(value, a.unit, (a, b)) for value in _part_of(a, b))
        units = {one.unit, other.unit}
        if "" in units and (each or len(units) > 1) and not units & {"%", "pp", *ALONE}:
            yield Result(one.value * other.value, one.unit or other.unit, (one, other))
        for price, count in ((one, other), (other, one)):
            # Four cents a litre on 20,000 litres.
            if price.unit in ("cent", *CURRENCIES) and count.unit in (*MEASURES, *LASTING, "min", "month"):
                yield Result(price.value * count.value / count.one, price.unit, (price, count))


def _part_of(a: Figure, b: Figure) -> Iterator[Fraction]:
    """Yield what a share or a multiple makes of a figure, what it leaves of it, and of what that is the share."""
    if a.unit in ("pp", "bp", *ALONE) or not b.value:
        return
    if b.unit == "%" and a.unit != "%":
        yield from (a.value * b.value / 100, a.value * 100 / b.value, a.value * (100 - b.value) / 100)
    elif b.unit in ("pp", "bp") and a.unit != "%":
        yield a.value * b.value / (100 if b.unit == "pp" else 10000)
    elif b.unit in ("part", "x"):
        yield from (a.value * b.value, a.value * (1 - b.value), a.value / b.value)


def equals(figure: Figure, value: Fraction, unit: str) -> bool:
    """Whether a figure is this worked-out value, fairly rounded."""
    if figure.value != value:
        if not figure.about:
            return False
        if unit == figure.unit and leaves_room(figure, value):
            return True
        # Nothing further off than a tenth is within what follows.
        if not is_within(figure.value, value, 10) or not is_on_its_side(figure, value):
            return False
        # A figure of one digit is rounded to that: about 200 for 213, fewer than 500 for 476.
        near = value * (_WORKED_OUT_TIME if unit == "min" else _WORKED_OUT)
        if abs(figure.value - value) > max(near, min(figure.step / 2, value * NEAR)):
            return False
    return compatible(figure, Figure(value, unit, str(value), 0, 0)) or (figure.unit in ("min", "month") and unit == "")
