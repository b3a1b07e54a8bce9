"""Figures that a short calculation gives, where hardly any accident would.

`derived` knows how news tells sums, shares and rates. What it does not know is tried here: the sums and differences of
two and three cited figures, their ratios, products and parts. Something gives nearly every small number, so the chance
is held to it: by how many values the calculations give near the figure, and how finely it is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations, permutations

from briefer.checks.derived import equals, times
from briefer.checks.units import ALONE, fits, is_on_its_side, normal
from briefer.figure import Figure
from briefer.memo import memo
from briefer.numerals import is_year

# The share of figures like it that may be hit by accident. An eighth spares 11 of 40 true sentences that have such a
# figure on sixteen new stories, 3 of 30 on older ones, 4 of 21 on ten that nobody looked at; of 319 false ones none.
_CHANCE = Fraction(1, 8)
# A value counts as near if it is no more than three times the figure, and no less than a third of it.
_NEAR = 3
# Of more figures than these the calculations are too many.
_MOST, _SEVERAL = 12, 4
_SMALL = 12
_RATIO = "ratio"
_SHARES = frozenset({"%", "pp", "bp"})
# What is no amount: of it there is no sum, no share and no multiple.
_NO_AMOUNTS = _SHARES | ALONE
# How finely a ratio is told, and a percentage.
_FINE, _TENTH = Fraction(1, 20), Fraction(1, 10)
# What part of itself a figure with "about", and a fraction, may be off, to both sides together.
_ROUGHLY, _RATIO_STEP = Fraction(1, 10), Fraction(3, 50)
# "More than 13 points" may be anything up to 14.
_BOUNDED = frozenset({"more", "over", "under", "less", "fewer"})
# Of two digits the last may have been rounded.
_TWO_DIGITS = 10


@dataclass(frozen=True, slots=True)
class Made:
    """What a calculation gives, in the smallest unit of its kind; how fine it is, and of how many figures."""

    value: Fraction
    unit: str
    step: Fraction
    of: int = 2


def is_calculated(figure: Figure, known: Iterable[Figure]) -> bool:
    """Whether a calculation on known figures gives a figure that hardly any accident would.

    A small count is given by too many: that it was counted the claim must say (`derived`).
    """
    own = _own(figure)
    if not own.unit and own.value <= _SMALL:
        return False
    some = tuple(normal(f) for f in known if f.unit != "nth" and not _is_year(f))
    if not own.value or len(some) > _MOST:
        return False
    made = {(m.value, m.of): m for m in _made(some) if m.value > 0 and _is_of_its_kind(own, m)}.values()
    hits = [m for m in made if _is(own, m)]
    hit = min(hits, key=lambda m: (m.of, m.step), default=None)
    if hit is None:
        return False
    near = sum(own.value <= _NEAR * m.value and m.value <= _NEAR * own.value for m in made if m.of <= hit.of)
    return near * _width(own, hit) <= _CHANCE * (_NEAR - Fraction(1, _NEAR)) * own.value


def _is_year(figure: Figure) -> bool:
    return not figure.unit and figure.raw.isdigit() and is_year(figure.value)


def _own(figure: Figure) -> Figure:
    """Return the figure in the smallest unit of its kind, "20 points" as percentage points."""
    points = not figure.unit and figure.noun in ("point", "points")
    return normal(Figure(figure.value, "pp", figure.raw, figure.start, figure.end, figure.about) if points else figure)


def _is_of_its_kind(own: Figure, made: Made) -> bool:
    if own.unit in ("x", "part"):
        return made.unit == _RATIO
    return made.unit == own.unit


def _is(own: Figure, made: Made) -> bool:
    if made.unit == _RATIO:
        return fits(own, made.value)
    if own.about in _BOUNDED and abs(own.value - made.value) <= own.step * own.one and is_on_its_side(own, made.value):
        return True
    exact = own.value < _TWO_DIGITS * own.step * own.one or not own.unit
    slack = 0 if exact else own.step * own.one / 2
    return abs(own.value - made.value) <= slack or equals(own, made.value, made.unit)


def _width(own: Figure, hit: Made) -> Fraction:
    """Return how far apart values lie of which the figure could tell one from the next."""
    roughly = _ROUGHLY if own.about else _RATIO_STEP if hit.unit == _RATIO else Fraction(0)
    return max(2 * abs(own.value - hit.value), hit.step, own.value * roughly)


@memo(64)
def _made(known: tuple[Figure, ...]) -> tuple[Made, ...]:
    return tuple(_calculations(known))


def _calculations(known: Sequence[Figure]) -> Iterator[Made]:
    for a in known:
        yield from _left(a)
    yield from (Made(told.value, told.unit, Fraction(1)) for told in times(known))
    for a, b in combinations(known, 2):
        yield from _levels(a, b)
    for a, b in permutations(known, 2):
        yield from _parts(a, b)
        yield from _products(a, b)
    for a, b, c in combinations(known, 3):
        yield from _sums_of_three(a, b, c)
        for x, y, z in ((a, b, c), (a, c, b), (b, c, a)):
            yield from _of_a_difference(x, y, z)
    for unit in {f.unit for f in known} - ALONE:
        same = [f for f in known if f.unit == unit]
        if len(same) >= _SEVERAL:
            yield Made(sum((f.value for f in same), Fraction(0)), unit, min(map(_step, same)), 3)


def _step(figure: Figure) -> Fraction:
    return figure.step * figure.one


def _left(a: Figure) -> Iterator[Made]:
    """Yield what a share leaves."""
    if a.unit == "%":
        yield Made(100 - a.value, "%", _step(a), 1)
        yield Made(1 - a.value / 100, _RATIO, _FINE, 1)
    elif a.unit == "part":
        yield Made(1 - a.value, _RATIO, _FINE, 1)


def _levels(a: Figure, b: Figure) -> Iterator[Made]:
    """Yield sum and difference of two of a kind, and by what share one is more or less than the other."""
    if a.unit != b.unit and not _shares_a_unit(a, b) or {a.unit, b.unit} & ALONE:
        return
    unit, step = a.unit or b.unit, min(_step(a), _step(b))
    x, y = (f.value if f.unit else f.value * other.one for f, other in ((a, b), (b, a)))
    yield Made(abs(x - y), "pp" if unit == "%" else unit, step)
    if a.unit == b.unit:
        yield Made(x + y, unit, step)
    for small, large in ((x, y), (y, x)):
        for share in (small / large, abs(small - large) / large) if large else ():
            yield Made(100 * share, "%", _TENTH)
            yield Made(share, _RATIO, _FINE)


def _shares_a_unit(a: Figure, b: Figure) -> bool:
    """Whether one of two has the other's unit, told once: 19 days instead of five."""
    return "" in (a.unit, b.unit) and not {a.unit, b.unit} & (_NO_AMOUNTS | {"cent"})


def _parts(a: Figure, b: Figure) -> Iterator[Made]:
    """Yield what a share of a figure is, and what it leaves; which way a change goes is for `relations`."""
    if a.unit in _NO_AMOUNTS or b.unit not in ("%", "part", "x"):
        return
    share = b.value / 100 if b.unit == "%" else b.value
    for factor in (share, 1 - share):
        if factor > 0:
            yield Made(a.value * factor, a.unit, _step(a) * factor)


def _products(a: Figure, b: Figure) -> Iterator[Made]:
    """Yield so many times a figure, and what each of so many has of it."""
    if a.unit in _NO_AMOUNTS or b.unit in _NO_AMOUNTS or not b.value:
        return
    count = b.value / b.one
    if a.unit != b.unit or not a.unit:
        yield Made(a.value * count, a.unit, _step(a) * count)
        yield Made(a.value / count, a.unit, _step(a) / count)


def _sums_of_three(a: Figure, b: Figure, c: Figure) -> Iterator[Made]:
    if not a.unit == b.unit == c.unit or a.unit in ALONE:
        return
    step = min(_step(a), _step(b), _step(c))
    for signs in ((1, 1, 1), (1, 1, -1), (1, -1, 1), (-1, 1, 1)):
        total = sum((s * f.value for s, f in zip(signs, (a, b, c), strict=True)), Fraction(0))
        yield Made(abs(total), a.unit, step, 3)
    if a.unit == "%":
        yield Made(100 - a.value - b.value - c.value, "%", step, 3)


def _of_a_difference(a: Figure, b: Figure, c: Figure) -> Iterator[Made]:
    """Yield so many times the difference of two figures, or the share that it is of a third."""
    for apart in _levels(a, b):
        if apart.unit in (_RATIO, "%") or not c.value or not apart.value:
            continue
        if c.unit == apart.unit and c.unit:
            yield Made(apart.value / c.value, _RATIO, _FINE, 3)
            yield Made(100 * apart.value / c.value, "%", _TENTH, 3)
        elif c.unit == "%" and apart.unit != "pp":
            yield Made(apart.value * c.value / 100, apart.unit, apart.step * c.value / 100, 3)
        elif c.unit not in _NO_AMOUNTS:
            count = c.value / c.one
            yield Made(apart.value * count, apart.unit, apart.step * count, 3)
            yield Made(apart.value / count, apart.unit, apart.step / count, 3)
