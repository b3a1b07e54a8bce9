"""Time between days: a span that two dates of the evidence give, and the days that a span leads to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import combinations

from briefer.checks.units import fits
from briefer.dates import Day
from briefer.figures import Figure

_DURATIONS = frozenset({"min", "month"})
_MINUTES_A_DAY = 1440
_DAYS_A_MONTH = Fraction(30437, 1000)
# No story of the day reaches over more days or months than this.
_LONGEST = 4000


def is_span(figure: Figure, days: Iterable[Day]) -> bool:
    """Whether the figure is the time between two of these days; days exactly, months and years to the nearest."""
    if figure.unit not in _DURATIONS:
        return False
    for a, b in combinations(set(days), 2):
        apart = _days_between(a, b)
        if apart is None and a.year and b.year and figure.unit == "month" and not (a.month and b.month):
            years = 12 * abs(a.year - b.year)
            if figure.value == years or (figure.about and fits(replace(figure, unit="part"), Fraction(years))):
                return True
        elif apart is None and figure.unit == "month" and a.year and b.year and a.month and b.month:
            months = Fraction(abs(12 * (a.year - b.year) + a.month - b.month))
            if figure.value == months or (figure.about and fits(replace(figure, unit="part"), months)):
                return True
        elif apart and _lasts(figure, apart):
            return True
    return False


def _lasts(figure: Figure, apart: int) -> bool:
    if figure.unit == "min":
        true, slack = Fraction(apart * _MINUTES_A_DAY), Fraction(0)
    else:
        true = apart / _DAYS_A_MONTH
        slack = Fraction(6) if figure.value >= 24 and figure.value % 12 == 0 else Fraction(3, 5)
    if figure.about:
        return fits(replace(figure, unit="part"), true)
    return abs(figure.value - true) <= slack


def _days_between(a: Day, b: Day) -> int | None:
    ordinals = [date(d.year, d.month, d.day).toordinal() for d in (a, b) if d.year and d.month and d.day]
    return abs(ordinals[0] - ordinals[1]) if len(ordinals) == 2 else None


def shifted(at: Day, span: Figure) -> list[Day]:
    """Return the days that are a `normal` span of time before and after a day, as fine as both allow."""
    if span.unit == "min" and at.year and at.month and at.day:
        days = span.value / _MINUTES_A_DAY
        if not days or days.denominator != 1 or days > _LONGEST:
            return []
        middle = date(at.year, at.month, at.day).toordinal()
        ends = [date.fromordinal(n) for n in (middle - int(days), middle + int(days)) if 0 < n < date.max.toordinal()]
        return [Day(d.year, d.month, d.day) for d in ends]
    if span.unit != "month" or not at.year or span.value.denominator != 1 or span.value > _LONGEST:
        return []
    if not at.month:
        years = span.value / 12
        return [Day(at.year + sign * int(years)) for sign in (-1, 1)] if years.denominator == 1 else []
    months = [at.year * 12 + at.month - 1 + sign * int(span.value) for sign in (-1, 1)]
    return [Day(n // 12, n % 12 + 1, at.day) for n in months]
