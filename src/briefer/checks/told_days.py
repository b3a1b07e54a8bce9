"""The days that the cited sentences tell: named, counted from the day of publication, or pointed back to."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date, timedelta

from briefer.bundle import Sentence
from briefer.checks.evidence import Evidence
from briefer.dates import Mention, mentions
from briefer.days import Day, full, named_unit
from briefer.memo import memo
from briefer.text import fold

# A date that says which year it means.
_OWN_YEAR = re.compile(r"\d{4}|\b(?:last|this|next|past|coming|ago)\b", re.IGNORECASE)
# The night between the day before and the day of publication.
_NIGHT = re.compile(
    r"\b(?:overnight|(?:during|in|spent) the night|midnight|small hours|early hours|medianoche|minuit|mitternacht"
    r"|dans la nuit|in der nacht|anoche)\b",
    re.IGNORECASE,
)
# A season, or a year, that the article need not name: the one that is, was or comes.
_THE_SEASON = re.compile(
    r"\b(?:in|during|over|for|of|through\w*|since) the (?:whole |full )?(winter|spring|summer|autumn|year)\b(?! to\b)"
)
# The last month of a year: of one that is named, or of the one that is.
_YEAR_END = re.compile(
    r"\b(?:the end of (?:the year|this year|(\d{4}))|year-end|the year's end|the turn of the year)\b"
)
_NEW_YEAR = re.compile(r"\bthe (?:new|coming) year\b", re.IGNORECASE)
PART_OF_YEAR = re.compile(r"\b(?:quarter|half)\b", re.IGNORECASE)
# "That day", "the same week", "then": the time of what was told before.
_SAME_TIME = re.compile(
    r"\b(?:(?:[Tt]he (?:very )?same|[Tt]hat(?: same)?) (?:day|night|morning|afternoon|evening|week|weekend|month|year)"
    r"|[Tt]hen|[Ll]ater (?:the same|that) \w+)\b"
)
# How many sentences back such a time may have been told.
_BACK = 3
# After this month the new year is the one to come.
_SUMMER = 6


def evidence_dates(evidence: Evidence) -> list[Mention]:
    """The dates of the cited sentences."""
    return [m for s in evidence.cited for m in dates_in(s, evidence)]


def dates_in(sentence: Sentence, evidence: Evidence, *, back: bool = True) -> list[Mention]:
    """The dates of a sentence; of one that tells of a night and names no day, the two that it lies between.

    With `back` those of an earlier sentence, too, where this one points back to its time.
    """
    own, points_back = _own_dates(sentence.text, published_on(sentence, evidence), evidence.years_of(sentence.source))
    return [*own, *dates_before(sentence, evidence)] if back and points_back else [*own]


@memo(16384)
def _own_dates(text: str, published: date | None, years: tuple[int, ...]) -> tuple[tuple[Mention, ...], bool]:
    """Return the dates that a sentence itself has, and whether it points back to those of an earlier one."""
    found = [in_its_years(m, years) for m in mentions(text, published)]
    night = _NIGHT.search(text) if published and not found else None
    if night and published:
        between = (published - timedelta(1), published)
        found = [Mention(night.group(), *night.span(), tuple(full(d) for d in between))]
    for m in _YEAR_END.finditer(fold(text)):
        if year := int(m[1]) if m[1] else published and published.year:
            found.append(Mention(m.group(), *m.span(), (Day(year, 12),)))
    if published and published.month > _SUMMER and (new := _NEW_YEAR.search(fold(text))):
        found.append(Mention(new.group(), *new.span(), (Day(published.year + 1),)))
    for m in _THE_SEASON.finditer(fold(text)) if published else ():
        steps = ("this",) if m[1] == "year" else ("last", "this", "next")
        days = dict.fromkeys(d for which in steps for d in named_unit(which, m[1], published))
        found.append(Mention(m.group(), *m.span(), tuple(days)))
    return tuple(found), _SAME_TIME.search(text) is not None


def in_its_years(mention: Mention, years: tuple[int, ...]) -> Mention:
    """Read a day without a year in every year that its article names, too: the article may tell of another year."""
    if not mention.days[0].month or _OWN_YEAR.search(mention.raw) or PART_OF_YEAR.search(mention.raw):
        return mention
    more = (replace(day, year=year) for day in mention.days[:1] for year in years if day.weekday is None)
    return replace(mention, days=(*mention.days, *more))


def dates_before(sentence: Sentence, evidence: Evidence) -> list[Mention]:
    """Return the dates of the nearest sentence before this one that has any."""
    at = sentence.number - 1
    peers = evidence.bundle.sources[sentence.source].sentences[max(0, at - _BACK) : at]
    return next((found for one in reversed(peers) if (found := dates_in(one, evidence, back=False))), [])


def published_on(sentence: Sentence, evidence: Evidence) -> date | None:
    """The day on which the article of a sentence was published, where it is known."""
    return evidence.bundle.sources[sentence.source].published


def named_days(evidence: Evidence) -> list[Day]:
    """The days that the cited sentences name."""
    return [d for m in evidence_dates(evidence) for d in m.days]


def days_of(evidence: Evidence) -> list[Day]:
    """The days that the evidence names, and those on which it was published."""
    published = [s.published for s in evidence.sources if s.published]
    return [*named_days(evidence), *(full(d) for d in published)]


def claimed_days(evidence: Evidence) -> list[Day]:
    """The days that the claim itself names; that the evidence has them, or leads to them, is held on its own."""
    return [m.days[0] for m in mentions(evidence.said, evidence.published)]
