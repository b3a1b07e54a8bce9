"""A day as far as it is known, and the days that words count from the day of publication."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from fractions import Fraction

from briefer.date_words import COUNTS, DAYS, FEASTS, MONTHS, SEASONS, SPANS


@dataclass(frozen=True, slots=True)
class Day:
    """A date as far as it is known; `weekday` (0 is Monday) stands alone when nothing else does."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    weekday: int | None = None

    def fits(self, other: Day) -> bool:
        """Whether `other`, from the evidence, says at least what this one says, and nothing else."""
        for mine, theirs in ((self.year, other.year), (self.month, other.month), (self.day, other.day)):
            if mine is not None and mine != theirs:
                return False
        return self.weekday is None or self.weekday == other.any_weekday

    @property
    def any_weekday(self) -> int | None:
        """The weekday that is said, or that follows from a full date."""
        if self.weekday is None and self.year and self.month and self.day:
            try:
                return date(self.year, self.month, self.day).weekday()
            except ValueError:
                return None
        return self.weekday

    @property
    def following(self) -> Day:
        """The year, or the month, that follows this one."""
        if not self.month:
            return Day(self.year and self.year + 1)
        return Day(self.year and self.year + self.month // 12, self.month % 12 + 1)

    def iso(self) -> str:
        """`2024`, `2024-06` or `2024-06-19`; "" when the year is not known."""
        if not self.year:
            return ""
        return "-".join([f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)])


def with_year(month: int, day: int | None, year: str | None, published: date | None) -> list[Day]:
    """A month, or a day of it, in its own year or in the two that lie nearest to the day of publication."""
    if day is not None and not 1 <= day <= calendar.monthrange(2024, month)[1]:
        return []
    if year:
        return [Day(int(year), month, day)] if _exists(int(year), month, day) else []
    if not published:
        return [Day(None, month, day)]
    near = min(
        range(published.year - 1, published.year + 2),
        key=lambda y: abs(_ordinal(y, month, day) - published.toordinal()),
    )
    # The one before and the one to come: nobody leaves out a year that is further off.
    years = [near, near - 1 if _ordinal(near, month, day) > published.toordinal() else near + 1]
    days = [Day(y, month, day) for y in years if _exists(y, month, day)]
    return days or [Day(None, month, day)]


def _exists(year: int, month: int, day: int | None) -> bool:
    return day is None or day <= calendar.monthrange(year, month)[1]


def _ordinal(year: int, month: int, day: int | None) -> int:
    return date(year, month, min(day or 15, calendar.monthrange(year, month)[1])).toordinal()


def on_weekday(weekday: int, published: date | None) -> list[Day]:
    """A weekday by its number: the last one and the one to come."""
    if not published:
        return [Day(weekday=weekday)]
    back = (published.weekday() - weekday) % 7
    return [full(published - timedelta(back)), full(published - timedelta(back - 7))]


def named_unit(which: str, unit: str, published: date | None) -> list[Day]:
    """Last week, next May, this year: every day or month that it may mean."""
    step = {"last": -1, "past": -1, "this": 0}.get(which, 1)
    if unit in DAYS:
        return _named_weekday(which, DAYS[unit], published)
    if not published:
        return []
    if unit in MONTHS:
        return with_year(MONTHS[unit], None, None, published)
    if unit in SEASONS:
        return _season(SEASONS[unit], step, published)
    if unit == "year":
        return [Day(published.year + step)]
    if unit == "month":
        at = published.year * 12 + published.month - 1 + step
        return [Day(at // 12, at % 12 + 1)]
    monday = published - timedelta(published.weekday()) + timedelta(7 * step)
    return [full(monday + timedelta(i)) for i in range(7)]


def _named_weekday(which: str, weekday: int, published: date | None) -> list[Day]:
    """Last Friday was the latest, or the one before where that is a day or two ago; next Friday is to come."""
    if not published or which == "this":
        return on_weekday(weekday, published)
    if which in ("last", "past"):
        back = (published.weekday() - weekday - 1) % 7 + 1
        return [full(published - timedelta(back + more)) for more in ((0, 7) if back <= 2 else (0,))]
    on = (weekday - published.weekday() - 1) % 7 + 1
    return [full(published + timedelta(on + more)) for more in (0, 7)]


def weekday_week(weekday: int, weeks: int, published: date) -> list[Day]:
    """Thursday week, said on a Wednesday, is eight days off; said on a Thursday it may be seven."""
    on = (weekday - published.weekday()) % 7
    return [full(published + timedelta(on + 7 * weeks + more)) for more in ((0, 7) if not on else (0,))]


def of_week(which: str, weekday: int, published: date) -> list[Day]:
    """Return the weekday of last, this or next week."""
    step = {"last": -1, "this": 0, "next": 1}[which]
    return [full(published - timedelta(published.weekday() - weekday - 7 * step))]


def part_of_year(m: re.Match[str], published: date | None) -> list[Day]:
    """The months of a quarter or a half; a half of what is not said may be one of a match."""
    said = m["y6"] or m["which6"]
    if not said and (m["of"] == "half" or not published):
        return []
    at = ("first", "second", "third", "fourth", "final").index(m["part"])
    length = 3 if m["of"] == "quarter" else 6
    at = min(at, 12 // length - 1)
    steps = {"last": (-1,), "next": (1,), "this": (0,), "the": (-1, 0, 1), None: (-1, 0, 1)}[m["which6"]]
    if m["y6"] or published:
        years = [int(m["y6"])] if m["y6"] else [published.year + s for s in steps] if published else []
        return [Day(y, at * length + n) for y in years for n in range(1, length + 1)]
    return []


def _season(starts: int, step: int, published: date) -> list[Day]:
    """A season names its year: last autumn, said in March, is the year before."""
    if step < 0:
        return [Day(published.year - (published.month < starts + 3))]
    return [Day(published.year), Day(published.year + 1)][step > 0 and published.month >= starts :][:1]


def ago(count: str, span: str, published: date | None) -> list[Day]:
    """Days and weeks ago name days, give or take one; months and years ago name the month or the year."""
    size, unit = SPANS[span]
    number = Fraction(COUNTS[count] if count in COUNTS else int(count)) * size
    if not published or number.denominator != 1:
        return []
    if unit == "year":
        return [Day(published.year - int(number))]
    if unit == "month":
        at = published.year * 12 + published.month - 1 - int(number)
        return [Day(at // 12, at % 12 + 1)]
    slack = (0,) if span == "day" else (0, -1, 1)
    return [full(published - timedelta(int(number) + more)) for more in slack]


def feast(name: str, year: str | None, published: date | None) -> list[Day]:
    """Christmas Eve, New Year's Day: a day of the year by its name."""
    month, day = FEASTS[name]
    return with_year(month, day, year, published)


def nth_in_month(m: re.Match[str], published: date | None) -> list[Day]:
    """The first Friday in October is a day, the last week of it are several, near the edge one or two more."""
    months = with_year(MONTHS[m["m7"]], None, m["y7"], published)
    return [d for month in months for d in _nth(m["nth"], m["of7"], month)]


def _nth(nth: str, of: str, month: Day) -> list[Day]:
    if not (month.year and month.month):
        return [month]
    length = calendar.monthrange(month.year, month.month)[1]
    at = ("first", "second", "third", "fourth").index(nth) if nth not in ("last", "final") else -1
    every = [replace(month, day=n) for n in range(1, length + 1)]
    if of in DAYS:
        return [d for d in every if d.any_weekday == DAYS[of]][at:][:1]
    return every[-9:] if at < 0 else every[7 * at : 7 * at + 7]


def full(day: date) -> Day:
    """A day of the calendar as one that is wholly known."""
    return Day(day.year, day.month, day.day)
