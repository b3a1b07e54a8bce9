"""The dates of a sentence, resolved against the day its article was published."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from briefer.date_words import DATE, DATE_START, DAYS, DECADES, MONTHS, RELATIVE_DAYS
from briefer.days import (
    Day,
    ago,
    feast,
    full,
    named_unit,
    nth_in_month,
    of_week,
    on_weekday,
    part_of_year,
    weekday_week,
    with_year,
)
from briefer.memo import memo
from briefer.text import fold

_SOME_DAY = date(2000, 1, 1)
# The year behind a day: "12 March last year".
_YEAR_BEHIND = re.compile(r",? (?:of )?(last|this|next) year\b")
# Before a capital May: a word without one, or one that a month follows. "Mrs May" is a name, and so may "May" be that
# opens a sentence, if it is no verb.
_MAY_THE_MONTH = re.compile(
    r"(?:(?<!\w)[a-z\d][\w']*|\b(?:In|Since|Until|Till|By|Last|Next|This|Of|From|Early|Late|Mid|Before|After|During"
    r"|Through|Every|Each))[ -]$"
)
# "Thursday week", "a week on Thursday" are a week after the next one; "Thursday of last week" says which.
_WEEK_BEHIND = re.compile(r"\s(?:(?:of\s|in\s)?(?P<which>last|this|next)\sweek|(?P<more>week|fortnight))\b(?!['-])")
# "The Monday before", "the following Monday": a week from the one that is meant.
_WEEK_OFF = re.compile(r"\b(?:(?:previous|preceding)|(?P<on>following))\s$")
_THE_ONE_BEFORE = re.compile(r"\s(?:before|(?P<on>after))(?=[.,;:)]|$)")
_WEEK_BEFORE = re.compile(r"\b(?:a (?P<more>week|fortnight)|(?P<which>last|this|next) week) on $")
_EDGE = re.compile(r"\b(end|start|beginning) of $")
# Names of months that are also words: only with a day or a year beside them, or with a capital.
_WORDLIKE = {"sept", "may", "march", "mar", "sep", "mai", "mars", "dec", "jan"}


@dataclass(frozen=True, slots=True)
class Mention:
    """A date where it stands in the folded text, with every reading that the publication day allows."""

    raw: str
    start: int
    end: int
    days: tuple[Day, ...]


def mentions(text: str, published: date | None = None) -> tuple[Mention, ...]:
    """Return the dates of `text`; relative ones are resolved against `published` (None: left open)."""
    # A year out of range is none that a date here has, and next to it the calendar ends.
    return _mentions(text, published if published and 1500 <= published.year < 2100 else None)


@memo(16384)
def _mentions(text: str, published: date | None) -> tuple[Mention, ...]:
    shown, folded, found = _matches(text)
    out = []
    for m in found:
        word = m["m4"] or m["m3"] or (m["unit"] or "")
        if (m["m4"] in _WORDLIKE or m["unit"] in _WORDLIKE) and not shown[m.start(m.lastgroup or 0)].isupper():
            continue
        if re.search(r"\b(?:may|march)\b", shown[m.start() : m.end()]) and not (m["y1"] or m["y2"] or m["y3"]):
            continue  # "12 may have drowned", "they march 20 miles": the English months have a capital
        if m["m4"] == "may" and not _MAY_THE_MONTH.search(shown[: m.start()]):
            continue
        if word == "mar" or (m["rel"] in ("morgen", "mañana", "hier") and shown.isascii()):
            continue
        days = _readings(m, folded, published)
        if days:
            end = m.end() - (shown[m.end() - 1] == ".")
            out.append(Mention(shown[m.start() : end], m.start(), end, days))
    return tuple(_with_weekdays(out, shown)) if out else ()


@memo(16384)
def _matches(text: str) -> tuple[str, str, list[re.Match[str]]]:
    """Return a text folded, the same in lower case, and where dates may stand, once for all days it is read on."""
    shown = fold(text)
    folded = shown.casefold() if len(shown.casefold()) == len(shown) else shown.lower()
    found: list[re.Match[str]] = []
    for start in DATE_START.finditer(folded):
        if not found or found[-1].end() <= start.start():
            found += filter(None, [DATE.match(folded, start.start())])
    return shown, folded, found


@memo(16384)
def blank(text: str) -> str:
    """Return `text` folded, with its dates replaced by a mark, so that they are not read as figures.

    A bare four-digit number stays: it may be a year or a count, and is checked as both.
    """
    folded = fold(text)
    # Any day will do: three years ago is a date whenever it was said.
    for m in reversed(mentions(text, _SOME_DAY)):
        if not re.fullmatch(r"\d{4}", m.raw):
            folded = folded[: m.start] + "▮" * (m.end - m.start) + folded[m.end :]
    return folded


def parse_iso(value: str) -> Day | None:
    """Read `2024`, `2024-06` or `2024-06-19`; None for anything else or an impossible date."""
    m = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?", value.strip())
    if not m:
        return None
    year, month, day = int(m[1]), int(m[2] or 1), int(m[3] or 1)
    try:
        date(year, month, day)
    except ValueError:
        return None
    return Day(year, month if m[2] else None, day if m[3] else None)


def _readings(m: re.Match[str], folded: str, published: date | None) -> tuple[Day, ...]:
    days = tuple(dict.fromkeys((*_days(m, published), *_edges(folded[: m.start()], m, published))))
    behind = _YEAR_BEHIND.match(folded, m.end())
    if behind and published and days and days[0].month and not re.search(r"\d{4}", m.group()):
        return (replace(days[0], year=named_unit(behind[1], "year", published)[0].year),)
    return tuple(_in_its_week(m, folded, published)) or days


def _in_its_week(m: re.Match[str], folded: str, published: date | None) -> list[Day]:
    """The day of a weekday whose week is told: "Thursday week", "a week on Thursday", "Thursday of next week"."""
    if not (m["wday"] and published):
        return []
    told = _WEEK_BEHIND.match(folded, m.end()) or _WEEK_BEFORE.search(folded[: m.start()])
    weekday, lead = DAYS[m["wday"]], folded[: m.start()]
    off = _WEEK_OFF.search(lead) or (_THE_ONE_BEFORE.match(folded, m.end()) if lead.endswith("the ") else None)
    if off:
        step = timedelta(7 if off["on"] else -7)
        return [*on_weekday(weekday, published), *on_weekday(weekday, published + step)]
    if not told:
        return []
    if told["which"]:
        return of_week(told["which"], weekday, published)
    return weekday_week(weekday, 1 if told["more"] == "week" else 2, published)


def _days(m: re.Match[str], published: date | None) -> list[Day]:
    """Return every reading of a match: of a date that stands there, or of one that counts from `published`."""
    for n in "012":
        if m[f"d{n}"]:
            return with_year(MONTHS[m[f"m{n}"]], int(m[f"d{n}"]), m.groupdict().get(f"y{n}"), published)
    if m["m4"]:
        return with_year(MONTHS[m["m4"]], None, None, published)
    return _absolute(m) or _counted(m, published)


def _with_weekdays(found: list[Mention], shown: str) -> Iterator[Mention]:
    """Join a weekday to the date that follows it, "Monday, 3 November": one day, not two."""
    joined = False
    for one, following in zip(found, [*found[1:], None], strict=False):
        if joined:
            joined = False
            continue
        dated = following is not None and following.days[0].day is not None and any(c.isdigit() for c in following.raw)
        alone = one.raw.casefold() in DAYS and dated
        joined = alone and following is not None and shown[one.end : following.start] in (", ", " ", " the ")
        if joined and following is not None:
            weekday = DAYS[one.raw.casefold()]
            days = [replace(d, weekday=weekday) for d in following.days]
            true = [d for d in days if replace(d, weekday=None).any_weekday in (weekday, None)]
            yield Mention(shown[one.start : following.end], one.start, following.end, tuple(true or days))
        else:
            yield one


def _edges(before: str, m: re.Match[str], published: date | None) -> list[Day]:
    """The last day of a month whose end is named, the first where it is its start."""
    edge = _EDGE.search(before) if m["m3"] or m["m4"] or m["unit"] == "month" else None
    if not edge:
        return []
    day = 1 if edge[1] != "end" else 0
    whole = _days(m, published)
    return [replace(d, day=day or calendar.monthrange(d.year or 2023, d.month)[1]) for d in whole if d.month]


def _absolute(m: re.Match[str]) -> list[Day]:
    if m["iso"]:
        day = parse_iso(m["iso"])
        return [day] if day else []
    if m["m3"]:
        return [Day(int(m["y3"]), MONTHS[m["m3"]])]
    if m["y5"]:
        return [Day(int(m["y5"]))]
    decade = int(m["decade"]) if m["decade"] else DECADES.get(m["tens"] or "", 0)
    return [Day(decade + i) for i in range(10)] if decade else []


def _counted(m: re.Match[str], published: date | None) -> list[Day]:
    if m["part"]:
        return part_of_year(m, published)
    if m["wday"]:
        return on_weekday(DAYS[m["wday"]], published)
    if m["nth"]:
        return nth_in_month(m, published)
    if m["feast"]:
        return feast(m["feast"], m["y8"], published)
    if m["ago"] or m["centuries"]:
        return ago(m["ago"] or m["centuries"], m["span"] or "century", published)
    if m["rel"]:
        return [full(published + timedelta(RELATIVE_DAYS[m["rel"]]))] if published else []
    return named_unit(m["which"], m["unit"], published) if m["which"] else []
