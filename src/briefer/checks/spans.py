"""Time between days: a span that two dates of the evidence give, and the days that a span leads to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import combinations

from briefer.checks.units import fits, leaves_room
from briefer.days import Day, full
from briefer.figure import Figure

_DURATIONS = frozenset({"min", "month"})
_MINUTES_A_DAY = 1440
_YEAR = 12
_DAYS_A_MONTH = Fraction(30437, 1000)
# No story of the day reaches over more days or months than this.
_LONGEST = 4000


def is_span(figure: Figure, days: Iterable[Day], *, room: bool = True) -> bool:
    """Whether the figure is the time between two of these days; days exactly, months and years to the nearest.

    With `room` "more than two years" may be anything up to three.
    """
    if figure.unit not in _DURATIONS:
        return False
    for a, b in combinations(set(days), 2):
        apart = days_between(a, b)
        if apart is None and a.year and b.year and figure.unit == "month" and not (a.month and b.month):
            years = 12 * abs(a.year - b.year)
            if figure.value == years or (figure.about and fits(replace(figure, unit="part"), Fraction(years))):
                return True
        elif apart is None and figure.unit == "month" and a.year and b.year and a.month and b.month:
            months = Fraction(abs(12 * (a.year - b.year) + a.month - b.month))
            if abs(figure.value - months) <= _slack(figure) or (
                figure.about and fits(replace(figure, unit="part"), months)
            ):
                return True
        elif apart and _lasts(figure, apart, room):
            return True
    return False


def _lasts(figure: Figure, apart: int, room: bool) -> bool:
    if figure.unit == "min":
        true, slack = Fraction(apart * _MINUTES_A_DAY), Fraction(0)
    else:
        true = apart / _DAYS_A_MONTH
        slack = _slack(figure) or Fraction(3, 5)
    if room and leaves_room(figure, true):
        return True
    if figure.about:
        return fits(replace(figure, unit="part"), true)
    return abs(figure.value - true) <= slack


def _slack(figure: Figure) -> Fraction:
    """Return how many months may be missing or left over where whole years are counted."""
    return Fraction(6) if figure.one >= _YEAR and figure.value >= 2 * _YEAR else Fraction(0)


def days_between(a: Day, b: Day) -> int | None:
    """Return how many days lie between two, None where one of them is not known to the day."""
    ordinals = [date(d.year, d.month, d.day).toordinal() for d in (a, b) if d.year and d.month and d.day]
    return abs(ordinals[0] - ordinals[1]) if len(ordinals) == 2 else None


def shifted(at: Day, span: Figure, way: int) -> list[Day]:
    """Return the day that is a `normal` span of time before (-1) or after (1) a day, as fine as both allow."""
    if span.unit == "min" and at.year and at.month and at.day:
        days = span.value / _MINUTES_A_DAY
        if not days or days.denominator != 1 or days > _LONGEST:
            return []
        ordinal = date(at.year, at.month, at.day).toordinal() + way * int(days)
        d = date.fromordinal(ordinal) if 0 < ordinal < date.max.toordinal() else None
        return [full(d)] if d else []
    if span.unit != "month" or not at.year or span.value.denominator != 1 or span.value > _LONGEST:
        return []
    if not at.month:
        years = span.value / 12
        return [Day(at.year + way * int(years))] if years.denominator == 1 else []
    months = at.year * 12 + at.month - 1 + way * int(span.value)
    return [Day(months // 12, months % 12 + 1, at.day)]
