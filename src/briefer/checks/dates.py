"""F303, T802: is every date of the claim a date of its evidence, or does it follow from one?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

from briefer.briefing import Claim
from briefer.bundle import Sentence
from briefer.checks.evidence import SINCE, Evidence
from briefer.checks.spans import shifted
from briefer.checks.units import normal
from briefer.dates import Mention, mentions, parse_iso
from briefer.days import Day, full, named_unit
from briefer.figures import Figure
from briefer.findings import Finding
from briefer.text import fold

_AS_OF = re.compile(r"\b(?:[Bb]y|[Aa]s of|[Uu]ntil)\s(?:the (?:morning|evening|afternoon|night|end) of )?$")
_LATER = re.compile(r"\s(?:(?P<on>later|after|on)|(?P<back>before|earlier))\b")
# "The previous year", "an inspection every two years": from the day that is named, back or on.
_OWN_WAY = re.compile(
    r"\b(?:(?P<back>previous|preceding)|following|next|every)\s(?:[\w-]+\s)?(?:year|month|week|day|hour)s?$"
)
_REACHED = re.compile(
    r"\b(?:[Bb]y|[Uu]ntil|till|to|about|around|early|late|from|before|after)"
    r"\s(?:the (?:end|start) of |about |early |late )?$"
)
# What the day is before or after, in "two days after the vote": without one it is that of the sentence.
_OBJECT = re.compile(r"\s(?!and\b|but\b|when\b|in\b|on\b|by\b)\w")
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
_PART_OF_YEAR = re.compile(r"\b(?:quarter|half)\b", re.IGNORECASE)
# How many sentences away a date is still pointed to.
_CLOSE_BY = 6


def dates_are_there(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """F303: every date of the claim fits a date of the cited sentences, relative ones resolved."""
    if claim.kind == "extract" or not evidence.cited:
        return
    known = _evidence_dates(evidence)
    anchor = next((s.published for s in evidence.sources if s.published), None)
    loose = {f.value for f in evidence.figures if not f.unit}
    for mention in mentions(evidence.said, anchor):
        if (mention.raw.isdigit() and int(mention.raw) in loose) or mention.raw.casefold().startswith("coming "):
            continue
        if mention.days[0].month and not re.search(r"\d{4}", mention.raw) and not mention.days[0].weekday:
            # Whoever leaves the year out speaks of the one that the article is about.
            mention = replace(mention, days=(*mention.days, replace(mention.days[0], year=None)))
        if not any(_same(mention, other) for other in known) and not _follows_from(mention, claim, evidence):
            near = _nearby_date(mention, evidence)
            yield Finding("F303", f"the date “{mention.raw}” is not in {evidence.where}{near}")


def is_year_told(figure: Figure, claim: Claim, evidence: Evidence) -> bool:
    """Whether a bare number is a year that the evidence names, or that a time given there leads to."""
    if figure.value in {day.year for m in _evidence_dates(evidence) for day in m.days}:
        return True
    own = (m for m in mentions(evidence.said) if m.start < figure.end and figure.start < m.end)
    return any(_follows_from(m, claim, evidence) for m in own)


def _follows_from(mention: Mention, claim: Claim, evidence: Evidence) -> bool:
    """Whether a date is the day of publication, or a named day and a time that the evidence gives, put together.

    Put together only where the evidence says "two months later", or where the claim says "by", "until" or "about" that
    date and both stand in one sentence.
    """
    before = fold(claim.text)[: mention.start]
    for sentence in evidence.cited:
        text, published = fold(sentence.text), _published(sentence, evidence)
        named = [(m, _in_its_years(m, sentence, evidence).days) for m in mentions(text, published)]
        for span in map(normal, evidence.figures_of(sentence)):
            told, own = _LATER.match(text, span.end), _OWN_WAY.search(text[: span.end])
            if span.unit not in ("min", "month") or not (told or own or span.about == SINCE or _REACHED.search(before)):
                continue
            if span.about == SINCE:
                starts = [(d, -1) for _, days in named for d in days]
            elif own:
                days = [d for _, ds in named for d in ds] or named_days(evidence)
                starts = [(day, -1 if own["back"] else 1) for day in days]
            elif told:
                starts = [*_starts(told, span, named), *_elsewhere(told, sentence, evidence, bool(named))]
            else:
                days = [full(published)] if published else []
                starts = [(day, way) for way in (-1, 1) for day in (*days, *(d for _, ds in named for d in ds))]
            later = [other for at, way in starts for other in shifted(at, span, way)]
            if any(day.fits(other) for other in later for day in mention.days):
                return True
    return _is_of_publication(mention, before, evidence)


def _is_of_publication(mention: Mention, before: str, evidence: Evidence) -> bool:
    """Whether a date is the day on which a cited sentence without a date of its own was published.

    "Before October" is by the end of September.
    """
    if before.casefold().endswith("before "):
        ended = [d.following for m in _evidence_dates(evidence) for d in m.days if not d.day]
        return any(day.fits(other) for other in ended for day in mention.days)
    as_of = _AS_OF.search(before) is not None
    told = [s for s in evidence.cited if as_of or not _dates_in(s, evidence)]
    days = [full(d) for d in (_published(s, evidence) for s in told) if d]
    return any(day.fits(other) for other in days for day in mention.days)


def _starts(told: re.Match[str], span: Figure, named: list[tuple[Mention, tuple[Day, ...]]]) -> list[tuple[Day, int]]:
    """Return the days of a sentence from which its span leads to another, and which way.

    "On Friday, a day after the vote": the vote came before Friday. "A day after the vote on Friday" comes after it.
    """
    joins = told.group().strip() in ("after", "before") and _OBJECT.match(told.string, told.end()) is not None
    way = -1 if told["back"] else 1
    return [(d, -way if (m.end <= span.start) == joins else way) for m, days in named for d in days]


def _elsewhere(told: re.Match[str], sentence: Sentence, evidence: Evidence, dated: bool) -> list[tuple[Day, int]]:
    """Return the days of the other cited sentences; of all days that are known where the span's own names none."""
    if not dated:
        return [(day, way) for way in (-1, 1) for day in days_of(evidence)]
    others = (s for s in evidence.cited if s is not sentence)
    return [(d, -1 if told["back"] else 1) for s in others for m in _dates_in(s, evidence) for d in m.days]


def _nearby_date(mention: Mention, evidence: Evidence) -> str:
    for sentence in evidence.around(_CLOSE_BY):
        if any(_same(mention, other) for other in mentions(sentence.text, _published(sentence, evidence))):
            return f"; {sentence.id} has it"
    return ""


def timeline_date(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """T802: a timeline entry's date is what the cited sentences give, no finer."""
    if claim.part != "timeline" or not evidence.cited:
        return
    day = parse_iso(claim.date or "")
    if day is None:
        yield Finding("T802", "the entry's date is not written as YYYY, YYYY-MM or YYYY-MM-DD")
        return
    known = [*_evidence_dates(evidence), *_dateline(evidence)]
    if not any(day.fits(other) for mention in known for other in mention.days):
        told = f"the date {claim.date} is not in {evidence.where}; give it no finer than the evidence does"
        yield Finding("T802", told)


def _evidence_dates(evidence: Evidence) -> list[Mention]:
    return [m for s in evidence.cited for m in _dates_in(s, evidence)]


def _dates_in(sentence: Sentence, evidence: Evidence) -> list[Mention]:
    """The dates of a sentence; of one that tells of a night and names no day, the two that it lies between."""
    published = _published(sentence, evidence)
    found = [_in_its_years(m, sentence, evidence) for m in mentions(sentence.text, published)]
    night = _NIGHT.search(sentence.text) if published and not found else None
    if night and published:
        between = (published - timedelta(1), published)
        found = [Mention(night.group(), *night.span(), tuple(full(d) for d in between))]
    for m in _THE_SEASON.finditer(fold(sentence.text)) if published else ():
        steps = ("this",) if m[1] == "year" else ("last", "this", "next")
        days = dict.fromkeys(d for which in steps for d in named_unit(which, m[1], published))
        found.append(Mention(m.group(), *m.span(), tuple(days)))
    return found


def _in_its_years(mention: Mention, sentence: Sentence, evidence: Evidence) -> Mention:
    """Read a day without a year in every year that its article names, too: the article may tell of another year."""
    if not mention.days[0].month or _OWN_YEAR.search(mention.raw) or _PART_OF_YEAR.search(mention.raw):
        return mention
    years = evidence.years_of(sentence.source)
    more = (replace(day, year=year) for day in mention.days[:1] for year in years if day.weekday is None)
    return replace(mention, days=(*mention.days, *more))


def _dateline(evidence: Evidence) -> list[Mention]:
    """The publication days of cited articles whose sentence tells of that day without naming it."""
    days = [_published(s, evidence) for s in evidence.cited if not mentions(s.text, _published(s, evidence))]
    return [Mention("", 0, 0, (full(d),)) for d in days if d]


def _published(sentence: Sentence, evidence: Evidence) -> date | None:
    return evidence.bundle.sources[sentence.source].published


def _same(claimed: Mention, known: Mention) -> bool:
    if fold(claimed.raw).casefold() == fold(known.raw).casefold():
        return True
    known_days = known.days
    # Of the months of a quarter only its first and its last say what it is.
    if _PART_OF_YEAR.search(known.raw) and claimed.days[0].month and not _PART_OF_YEAR.search(claimed.raw):
        known_days = known.days[:: len(known.days) - 1]
    return any(day.fits(other) for day in claimed.days for other in known_days)


def named_days(evidence: Evidence) -> list[Day]:
    """The days that the cited sentences name."""
    return [d for m in _evidence_dates(evidence) for d in m.days]


def days_of(evidence: Evidence) -> list[Day]:
    """The days that the evidence names, and those on which it was published."""
    published = [s.published for s in evidence.sources if s.published]
    return [*named_days(evidence), *(full(d) for d in published)]
