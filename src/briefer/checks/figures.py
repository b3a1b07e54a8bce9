"""F: is every figure and date of the claim in its evidence, with its unit, its scale and fair rounding?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from briefer.briefing import Claim
from briefer.bundle import Sentence
from briefer.checks.derived import follows, is_share
from briefer.checks.evidence import Evidence
from briefer.checks.spans import is_span, shifted
from briefer.checks.units import compatible, matches, normal
from briefer.dates import Day, Mention, blank, mentions, parse_iso
from briefer.figures import Figure, figures
from briefer.findings import Finding
from briefer.text import fold

# What stands before an hour of the day that is written as a bare word.
_AT = re.compile(r"\b(?:at|by|until|till|before|after|since|from|past|of|around|about|between|and|to)\s$")
_IN_FULL = {"more": "more than", "less": "less than", "fewer": "fewer than", "at": "at least", "up": "up to"}
_BARE_CLOCK = re.compile(r"(\d{1,2})[.:]([0-5]\d)")
_AS_OF = re.compile(r"\b(?:[Bb]y|[Aa]s of|[Uu]ntil)\s(?:the (?:morning|evening|afternoon|night|end) of )?$")
_LATER = re.compile(r"\s(?:later|after|before|earlier|on)\b")
_REACHED = re.compile(
    r"\b(?:[Bb]y|[Uu]ntil|till|to|about|around|early|late|from|before|after)"
    r"\s(?:the (?:end|start) of |about |early |late )?$"
)
# The first word of "up to", "at least", "as many as", and what says as much in a claim.
_BOUNDS = frozenset({"up", "at", "as"})
_BOUNDED = re.compile(
    r"\b(?:most|maximum|limit\w*|ceiling|cap|capped|minimum|least|no more|no fewer|no less|exceed\w*|reach\w*|even|over"
    r"|than|from|to|or|upper|lower|threshold|until)\b"
)
_BOUNDED_BEHIND = re.compile(
    r"\+|[\s\w]{0,25}?(?:\bor (?:more|over|above|so|fewer|less|under)\b|,? at (?:least|most)\b)"
)
# A date that says which year it means.
_OWN_YEAR = re.compile(r"\d{4}|\b(?:last|this|next|past|coming|ago)\b", re.IGNORECASE)
# Of more figures than these, such as a whole article's, any number is the sum of two.
_FEW = 12
# How many sentences away a figure or date is still pointed to.
_CLOSE_BY = 6


def figures_are_there(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """F301, F302, F304: every figure stands in the cited sentences, or follows from two that do."""
    if claim.kind == "extract" or not evidence.cited:
        return
    years = {day.year for m in _evidence_dates(evidence) for day in m.days}
    for figure in figures(blank(evidence.said), evidence.bundle.language):
        if figure.unit == "" and (figure.value in years or _counts_few(figure, evidence)):
            continue
        yield from _judge(figure, claim, evidence)


def bounds_are_kept(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """W501: what is "up to" or "at least" so much in the evidence is not just so much in the claim."""
    if claim.kind != "reported" or not evidence.cited:
        return
    for figure in figures(blank(evidence.said), evidence.bundle.language):
        same = [f for f in evidence.figures if f.value == figure.value and f.unit == figure.unit]
        said = fold(evidence.said).casefold()
        bounded = _BOUNDED.search(said[max(0, figure.start - 30) : figure.start])
        bounded = bounded or _BOUNDED_BEHIND.match(said, figure.end)
        if same and all(f.about in _BOUNDS for f in same) and not figure.about and not bounded:
            told = f"{evidence.where} says “{same[0].about} {'to ' * (same[0].about == 'up')}… {same[0].raw}”"
            yield Finding("W501", f"{told}; keep the bound on “{figure.raw}”")
            return


def _counts_few(figure: Figure, evidence: Evidence) -> bool:
    """Whether "two" or "three" in words may count what the evidence lists, having no such figure itself."""
    spelt = not figure.raw[0].isdigit() and figure.value in (2, 3)
    return spelt and not any(f.unit == "nth" or (f.value <= 9 and not f.unit) for f in evidence.figures)


def _judge(figure: Figure, claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    known, where = evidence.figures, evidence.where
    if any(matches(figure, f) for f in known) or is_share(figure, known) or _is_hour(figure, claim, known):
        return
    if len(known) <= _FEW and _is_worked_out(figure, claim, evidence):
        return
    same = next((f for f in known if f.value == figure.value), None)
    digits = next((f for f in known if _digits(f) == _digits(figure) and f.value != figure.value), None)
    close = next((f for f in known if compatible(figure, f) and _close(figure, f) and figure.about), None)
    if same or (digits and figure.value > 12):
        yield Finding(
            "F302", f"“{figure.raw}” has another unit or scale than “{(same or digits or figure).raw}” in {where}"
        )
    elif close:
        about = _IN_FULL.get(figure.about, figure.about)
        yield Finding("F304", f"“{about} {figure.raw}” is no fair rounding of “{close.raw}” in {where}")
    else:
        yield Finding("F301", f"the number “{figure.raw}” is not in {where}{_nearby_figure(figure, evidence)}")


def _is_worked_out(figure: Figure, claim: Claim, evidence: Evidence) -> bool:
    known, counted = evidence.figures, normal(figure)
    if follows(figure, claim.text, known) or is_span(counted, _days(evidence)):
        return True
    counts = tuple(map(normal, known))
    return (counted, counts) != (figure, known) and follows(counted, claim.text, counts)


def _days(evidence: Evidence) -> list[Day]:
    """The days that the evidence names, and those on which it was published."""
    published = [s.published for s in evidence.sources if s.published]
    return [
        *(d for m in _evidence_dates(evidence) for d in m.days),
        *(Day(d.year, d.month, d.day) for d in published),
    ]


def _is_hour(figure: Figure, claim: Claim, known: tuple[Figure, ...]) -> bool:
    """Whether a bare "nine" or "5.30", said as a time of day, is a clock time of the evidence: 9 p.m., 21:00."""
    if clock := _BARE_CLOCK.fullmatch(figure.raw):
        minutes = int(clock[1]) * 60 + int(clock[2])
        return not figure.unit and any(f.unit == "time" and (f.value - minutes) % 720 == 0 for f in known)
    if figure.unit or not 1 <= figure.value <= 12 or not _AT.search(fold(claim.text)[: figure.start].casefold()):
        return False
    late = 20 if figure.about else 0
    return any(f.unit == "time" and (f.value - 60 * figure.value) % 720 in range(late + 1) for f in known)


def _digits(figure: Figure) -> str:
    return re.sub(r"\D", "", figure.raw).strip("0")


def _close(a: Figure, b: Figure) -> bool:
    return bool(b.value) and abs(a.value - b.value) <= b.value / 4


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


def _follows_from(mention: Mention, claim: Claim, evidence: Evidence) -> bool:
    """Whether a date is the day of publication, or a named day and a time that the evidence gives, put together.

    Put together only where the evidence says "two months later", or where the claim says "by", "until" or "about" that
    date and both stand in one sentence.
    """
    before = fold(claim.text)[: mention.start]
    published = [Day(d.year, d.month, d.day) for d in (s.published for s in evidence.sources) if d]
    every = _days(evidence)
    for sentence in evidence.cited:
        text = fold(sentence.text)
        named = [
            d for m in mentions(text, _published(sentence, evidence)) for d in _in_its_years(m, sentence, evidence).days
        ]
        for span in evidence.figures_of(sentence):
            told = _LATER.match(text, span.end)
            if normal(span).unit in ("min", "month") and (told or _REACHED.search(before)):
                later = [
                    other for at in set(every if told else [*published, *named]) for other in shifted(at, normal(span))
                ]
                if any(day.fits(other) for other in later for day in mention.days):
                    return True
    as_of = _AS_OF.search(before) or not _evidence_dates(evidence)
    return bool(as_of) and any(day.fits(other) for other in published for day in mention.days)


def _nearby_figure(figure: Figure, evidence: Evidence) -> str:
    """Name the uncited sentence close by that has the figure: most often it was meant to be cited."""
    for sentence in evidence.around(_CLOSE_BY):
        if any(matches(figure, f) for f in evidence.figures_of(sentence)):
            return f"; {sentence.id} has it"
    return ""


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
    return [_in_its_years(m, s, evidence) for s in evidence.cited for m in mentions(s.text, _published(s, evidence))]


def _in_its_years(mention: Mention, sentence: Sentence, evidence: Evidence) -> Mention:
    """Read a day without a year in every year that its article names, too: the article may tell of another year."""
    if not mention.days[0].month or _OWN_YEAR.search(mention.raw):
        return mention
    years = evidence.years_of(sentence.source)
    more = (replace(day, year=year) for day in mention.days[:1] for year in years if day.weekday is None)
    return replace(mention, days=(*mention.days, *more))


def _dateline(evidence: Evidence) -> list[Mention]:
    """The publication days of cited articles whose sentence tells of that day without naming it."""
    days = [_published(s, evidence) for s in evidence.cited if not mentions(s.text, _published(s, evidence))]
    return [Mention("", 0, 0, (Day(d.year, d.month, d.day),)) for d in days if d]


def _published(sentence: Sentence, evidence: Evidence) -> date | None:
    return evidence.bundle.sources[sentence.source].published


def _same(claimed: Mention, known: Mention) -> bool:
    if fold(claimed.raw).casefold() == fold(known.raw).casefold():
        return True
    return any(day.fits(other) for day in claimed.days for other in known.days)
