"""Another date: the day before or after, another month, weekday or year, or a date of another event."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from briefer.briefing import Claim

from .story import MONTHS, WEEKDAYS, Story, free, put

_NAMES = "|".join(MONTHS)
_DAY_FIRST = re.compile(rf"(?<![\w,.:])(?P<day>\d{{1,2}}) (?P<month>{_NAMES})\b")
_MONTH_FIRST = re.compile(rf"\b(?P<month>{_NAMES}) (?P<day>\d{{1,2}})\b(?![,.:]?\d)")
# May and March are verbs too: a month on its own stands behind one of these words, or before a year.
_MONTH = re.compile(
    rf"(?:(?<=\bin )|(?<=\bof )|(?<=\bby )|(?<=\bsince )|(?<=\buntil )|(?<=\blate )|(?<=\bearly ))(?P<a>{_NAMES})\b"
    rf"(?! \d{{1,2}}\b)|\b(?P<b>{_NAMES})\b(?= \d{{4}}\b)"
)
_WEEKDAY = re.compile(rf"\b(?:{'|'.join(WEEKDAYS)})\b")
_YEAR = re.compile(r"(?<![\w.,$€£-])(?:1[5-9]\d\d|20\d\d)(?![\w%-]|[.,]\d)")


def day(claim: Claim, _: Story) -> Iterator[str]:
    """The day before and the day after."""
    for at in _days(claim.text):
        for other in (int(at["day"]) - 1, int(at["day"]) + 1):
            if 1 <= other <= 28 or other == 29 and at["month"] != "February":
                yield put(claim.text, at, str(other), at.re.groupindex["day"])


def month(claim: Claim, _: Story) -> Iterator[str]:
    """The month before and the month after."""
    for at in _days(claim.text):
        yield from (put(claim.text, at, other, at.re.groupindex["month"]) for other in _beside(at["month"]))
    for at in free(_MONTH, claim.text):
        yield from (put(claim.text, at, other) for other in _beside(at.group()))


def weekday(claim: Claim, _: Story) -> Iterator[str]:
    """Any other weekday."""
    for at in free(_WEEKDAY, claim.text):
        yield from (put(claim.text, at, other) for other in WEEKDAYS if other != at.group())


def year(claim: Claim, _: Story) -> Iterator[str]:
    """The year before and the year after."""
    for at in free(_YEAR, claim.text):
        yield from (put(claim.text, at, str(int(at.group()) + step)) for step in (-1, 1))


def of_the_bundle(claim: Claim, story: Story) -> Iterator[str]:
    """Another day, or another year, that the story names."""
    days = dict.fromkeys((int(m["day"]), m["month"]) for m in _days(story.text))
    for at in _days(claim.text):
        for number, name in days:
            if (number, name) != (int(at["day"]), at["month"]):
                written = f"{number} {name}" if at.re is _DAY_FIRST else f"{name} {number}"
                yield put(claim.text, at, written)
    for at in free(_YEAR, claim.text):
        yield from (put(claim.text, at, y) for y in dict.fromkeys(_YEAR.findall(story.text)) if y != at.group())


def of_the_timeline(claim: Claim, _: Story) -> Iterator[Claim]:
    """The timeline's date, one day, month or year off, whichever it ends with."""
    if not claim.date:
        return
    head, _dash, last = claim.date.rpartition("-")
    for other in (int(last) - 1, int(last) + 1):
        if not head or 1 <= other <= (12 if len(head) == 4 else 28):
            yield replace(claim, date=f"{head}-{other:02}" if head else str(other))


def _days(text: str) -> Iterator[re.Match[str]]:
    yield from free(_DAY_FIRST, text)
    yield from (m for m in free(_MONTH_FIRST, text) if not re.search(r"\d $", text[: m.start()]))


def _beside(name: str) -> tuple[str, str]:
    at = MONTHS.index(name)
    return MONTHS[at - 1], MONTHS[(at + 1) % 12]
