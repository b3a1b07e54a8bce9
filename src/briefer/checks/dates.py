"""F303, T802: is every date of the claim a date of its evidence, or does it follow from one?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from briefer.briefing import Claim
from briefer.bundle import Sentence
from briefer.checks.evidence import SINCE, Evidence
from briefer.checks.spans import shifted
from briefer.checks.thesaurus import same
from briefer.checks.told_days import (
    PART_OF_YEAR,
    dates_before,
    dates_in,
    days_of,
    evidence_dates,
    in_its_years,
    named_days,
    published_on,
)
from briefer.checks.units import normal
from briefer.dates import Mention, blank, mentions, parse_iso
from briefer.days import Day, full
from briefer.figure import Figure
from briefer.findings import Finding
from briefer.stems import stems
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
# A span that leads on from a day without saying so: "within six months", "a ban for two years", "180 days overdue".
_ON_BEFORE = re.compile(
    r"\b(?:within|in|for|lasts?|lasting|takes?|another|after|over|run(?:s|ning)?)(?: the)?"
    r"(?: (?:about|around|nearly|almost|up to|at least|at most|some|next|coming|more than|less than|no more than))*\s?$"
)
_ON_BEHIND = re.compile(
    r"'?[\s-]?(?:(?P<whole>ban|suspension|consultation|truce|ceasefire|strike|tour|trial|siege|term|course)"
    r"|overdue|late|off|away|long|notice|deadline|hence|from|to (?!\d))\b"
)
# What the day is before or after, in "two days after the vote": without one it is that of the sentence.
# A pronoun is the one of whom the day is told.
_OBJECT = re.compile(r"\s(?!(?:and|but|when|in|on|by|him|her|them|it|that|this)\b)\w")
# "More than today", "it is 12% today": now, and no day.
_NOW = re.compile(
    r"\b(?:(?:than|as|until|of|to|from|with) (?:it is |there are |they are )?"
    r"|(?:is|are|has|have|stands? at|remains?) (?!to\b)(?:(?!\w+(?:ed|ing)\b)\S+ ){0,4})$"
)
_CLAUSE_END = re.compile(r"[;:,.](?=\s|$)|\s-\s|\s(?:and|but|while|whereas)\s")
# So many words of other clauses, and none of its own, and a claim is not about a clause; what is said to be after or
# before something else is told apart by one.
_ABOUT_IT = 2
# How many sentences away a date is still pointed to.
_CLOSE_BY = 6


def dates_are_there(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """F303: every date of the claim fits a date of the cited sentences, relative ones resolved."""
    if claim.kind == "extract" or not evidence.cited:
        return
    known = evidence_dates(evidence)
    loose = {f.value for f in evidence.figures if not f.unit}
    for mention in mentions(evidence.said, evidence.published):
        if (mention.raw.isdigit() and int(mention.raw) in loose) or mention.raw.casefold().startswith("coming "):
            continue
        if mention.raw == "today" and _is_now(mention, evidence.said):
            continue
        if mention.days[0].month and not re.search(r"\d{4}", mention.raw) and not mention.days[0].weekday:
            # Whoever leaves the year out speaks of the one that the article is about.
            mention = replace(mention, days=(*mention.days, replace(mention.days[0], year=None)))
        if not any(_same(mention, other) for other in known) and not _follows_from(mention, claim, evidence):
            near = _nearby_date(mention, evidence)
            yield Finding("F303", f"the date “{mention.raw}” is not in {evidence.where}{near}")


def _is_now(mention: Mention, text: str) -> bool:
    """Whether "today" is no day, but these days: what it is today, today's lowest level."""
    return _NOW.search(text[: mention.start]) is not None or text.startswith("'s", mention.end)


def is_year_told(figure: Figure, claim: Claim, evidence: Evidence) -> bool:
    """Whether a bare number is a year that the evidence names, or that a time given there leads to."""
    if figure.value in {day.year for m in evidence_dates(evidence) for day in m.days}:
        return True
    own = (m for m in mentions(evidence.said) if m.start < figure.end and figure.start < m.end)
    return any(_follows_from(m, claim, evidence) for m in own)


def _follows_from(mention: Mention, claim: Claim, evidence: Evidence) -> bool:
    """Whether a date is the day of publication, or a named day and a time that the evidence gives, put together."""
    lead = fold(claim.text)[: mention.start]
    for sentence in evidence.cited:
        for span in map(normal, evidence.figures_of(sentence)):
            starts = _starts(span, sentence, lead, evidence) if span.unit in ("min", "month") else []
            later = (other for at, way in starts for other in shifted(at, span, way))
            if any(day.fits(other) for other in later for day in mention.days):
                return True
    return _is_of_publication(mention, lead, evidence)


def _starts(span: Figure, sentence: Sentence, lead: str, evidence: Evidence) -> list[tuple[Day, int]]:
    """Return the days from which a span of a sentence may lead to another, and which way.

    It leads somewhere where the sentence says so ("two months later", "within a year"), or where the claim says "by",
    "until" or "about" that date (`lead` is what stands before it) and both stand in one sentence.
    """
    text, published = fold(sentence.text), published_on(sentence, evidence)
    years = evidence.years_of(sentence.source)
    named = [(m, in_its_years(m, years).days) for m in mentions(text, published)]
    days = [d for _, ds in named for d in ds]
    told, own = _LATER.match(text, span.end), _OWN_WAY.search(text[: span.end])
    if span.about == SINCE:
        return [(day, -1) for day in days]
    if own:
        return [(day, -1 if own["back"] else 1) for day in days or named_days(evidence) or _before(sentence, evidence)]
    if told:
        by_its_own = _by_its_own(told, span, named) if _is_told_of(told, span, evidence) else []
        return [*by_its_own, *_elsewhere(told, sentence, evidence, bool(named))]
    on = _ON_BEFORE.search(text[: span.start]) or _ON_BEHIND.match(text, span.end)
    # Of what lasts a time the end may be named as well as the beginning.
    ways = (1, -1) if on and on.groupdict().get("whole") else (1,)
    starts = [(day, way) for day in named_days(evidence) or days_of(evidence) for way in ways] if on else []
    if _REACHED.search(lead):
        starts += [(day, way) for way in (-1, 1) for day in (*([full(published)] if published else []), *days)]
    return starts


def _is_of_publication(mention: Mention, before: str, evidence: Evidence) -> bool:
    """Whether a date is the day on which a cited sentence without a date of its own was published.

    "Before October" is by the end of September.
    """
    if before.casefold().endswith("before "):
        ended = [d.following for m in evidence_dates(evidence) for d in m.days if not d.day]
        return any(day.fits(other) for other in ended for day in mention.days)
    as_of = _AS_OF.search(before) is not None
    told = [s for s in evidence.cited if as_of or not dates_in(s, evidence)]
    days = [full(d) for d in (published_on(s, evidence) for s in told) if d]
    return any(day.fits(other) for other in days for day in mention.days)


def _by_its_own(
    told: re.Match[str], span: Figure, named: list[tuple[Mention, tuple[Day, ...]]]
) -> list[tuple[Day, int]]:
    """Return the days of a sentence from which its span leads to another, and which way.

    "On Friday, a day after the vote": the vote came before Friday. "A day after the vote on Friday" comes after it, and
    "she died in 1951, he two years before her" before it.
    """
    joins = _joins(told)
    way = -1 if told["back"] else 1
    return [(d, -way if (m.end <= span.start) == joins else way) for m, days in named for d in days]


def _joins(told: re.Match[str]) -> bool:
    return told.group().strip() in ("after", "before") and _OBJECT.match(told.string, told.end()) is not None


def _is_told_of(told: re.Match[str], span: Figure, evidence: Evidence) -> bool:
    """Whether the claim is about what happened on the day that the span leads to, not on the one that it leads from.

    "She left on Saturday, a day after the fine was paid": on Friday the fine was paid, and nobody left.
    """
    text = blank(told.string)
    ends = _CLAUSE_END.search(text, told.end())
    end = ends.start() if ends else len(text)
    begin = told.end() if _joins(told) else max((m.end() for m in _CLAUSE_END.finditer(text, 0, span.start)), default=0)
    said = frozenset(stems(blank(evidence.said)))
    clause = [w for w in stems(f"{text[begin : span.start]} {text[told.end() : end]}") if not w[0].isdigit()]
    elsewhere = {w for w in stems(f"{text[:begin]} {text[end:]}") if w in said and not w[0].isdigit()}
    # Without words of its own, "148 a year earlier", it tells the same of another time.
    return not clause or any(same(w, said) for w in clause) or len(elsewhere) < (1 if _joins(told) else _ABOUT_IT)


def _elsewhere(told: re.Match[str], sentence: Sentence, evidence: Evidence, dated: bool) -> list[tuple[Day, int]]:
    """Return the days of the other cited sentences; of all days that are known where the span's own names none."""
    way = -1 if told["back"] else 1
    if not dated:
        every = [(day, to) for to in (-1, 1) for day in days_of(evidence)]
        return [*every, *((day, way) for day in _before(sentence, evidence))]
    others = (s for s in evidence.cited if s is not sentence)
    return [(d, way) for s in others for m in dates_in(s, evidence) for d in m.days]


def _before(sentence: Sentence, evidence: Evidence) -> list[Day]:
    return [d for m in dates_before(sentence, evidence) for d in m.days]


def _nearby_date(mention: Mention, evidence: Evidence) -> str:
    for sentence in evidence.around(_CLOSE_BY):
        if any(_same(mention, other) for other in mentions(sentence.text, published_on(sentence, evidence))):
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
    known = [*evidence_dates(evidence), *_dateline(evidence)]
    if not any(day.fits(other) for mention in known for other in mention.days):
        told = f"the date {claim.date} is not in {evidence.where}; give it no finer than the evidence does"
        yield Finding("T802", told)


def _dateline(evidence: Evidence) -> list[Mention]:
    """The publication days of cited articles whose sentence tells of that day without naming it."""
    days = [published_on(s, evidence) for s in evidence.cited if not mentions(s.text, published_on(s, evidence))]
    return [Mention("", 0, 0, (full(d),)) for d in days if d]


def _same(claimed: Mention, known: Mention) -> bool:
    if fold(claimed.raw).casefold() == fold(known.raw).casefold():
        return True
    known_days = known.days
    # Of the months of a quarter only its first and its last say what it is.
    if PART_OF_YEAR.search(known.raw) and claimed.days[0].month and not PART_OF_YEAR.search(claimed.raw):
        known_days = known.days[:: len(known.days) - 1]
    return any(day.fits(other) for day in claimed.days for other in known_days)
