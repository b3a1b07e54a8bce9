"""F: is every figure and date of the claim in its evidence, with its unit, its scale and fair rounding?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import combinations

from briefer.briefing import Claim
from briefer.bundle import Sentence
from briefer.checks.evidence import Evidence
from briefer.dates import Day, Mention, blank, mentions, parse_iso
from briefer.figures import Figure, figures
from briefer.findings import Finding
from briefer.text import fold

# Words that say a figure was worked out from two others.
_DERIVED = re.compile(
    r"\b(?:total|together|combined|altogether|in all|sum|both|more than|fewer|less than|up from|down from|up by|down by"
    r"|up|rose|fell|increase|decrease|cut|drop|difference|gap|between|later|earlier|after|before|apart|raised|lowered"
    r"|higher|lower|another|other|remaining|rest|additional|extra|previous|by)\b",
    re.IGNORECASE,
)
_ROUNDED_UP = {"nearly", "almost", "close", "under", "fewer", "fast", "knapp", "casi", "just", "less"}
_ROUNDED_DOWN = {"more", "over", "at", "well", "upwards", "mehr", "plus", "más"}
# How many sentences away a figure or date is still pointed to.
_CLOSE_BY = 6
# How far a rounded figure may be from the one it stands for.
_NEAR = Fraction(1, 10)


def figures_are_there(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """F301, F302, F304: every figure stands in the cited sentences, or follows from two that do."""
    if claim.kind == "extract" or not evidence.cited:
        return
    years = {day.year for m in _evidence_dates(evidence) for day in m.days}
    for figure in figures(blank(evidence.said), evidence.bundle.language):
        if figure.unit == "" and (figure.value in years or _counts_few(figure, evidence)):
            continue
        yield from _judge(figure, claim, evidence)


def _counts_few(figure: Figure, evidence: Evidence) -> bool:
    """Whether "two" or "three" in words may count what the evidence lists, having no such figure itself."""
    spelt = not figure.raw[0].isdigit() and figure.value in (2, 3)
    return spelt and not any(f.value <= 12 and f.unit in ("", "nth") for f in evidence.figures)


def _judge(figure: Figure, claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    known, where = evidence.figures, evidence.where
    if any(f.value == figure.value and _compatible(figure, f) for f in known):
        return
    if any(_rounds(figure, f) for f in known if _compatible(figure, f)) or _is_share(figure, known):
        return
    if _follows(figure, claim, known) or _is_span(figure, evidence):
        return
    same = next((f for f in known if f.value == figure.value), None)
    digits = next((f for f in known if _digits(f) == _digits(figure) and f.value != figure.value), None)
    close = next((f for f in known if _compatible(figure, f) and _close(figure, f) and figure.about), None)
    if same or (digits and figure.value > 12):
        yield Finding(
            "F302", f"“{figure.raw}” has another unit or scale than “{(same or digits or figure).raw}” in {where}"
        )
    elif close:
        yield Finding("F304", f"“{figure.about} {figure.raw}” is no fair rounding of “{close.raw}” in {where}")
    else:
        yield Finding("F301", f"the number “{figure.raw}” is not in {where}{_nearby_figure(figure, evidence)}")


def _compatible(a: Figure, b: Figure) -> bool:
    """Whether two units can count the same thing: equal, or one of them not said."""
    if a.unit == b.unit or {a.unit, b.unit} <= {"", "year"}:
        return True
    # "Nine resolutions" where the evidence has "the ninth resolution".
    if b.unit == "nth" and not a.unit and a.value > 2:
        return True
    if {a.unit, b.unit} & {"time", "nth", "part"}:
        return False
    if {a.unit, b.unit} & {"%", "pp"}:
        return {a.unit, b.unit} == {"%", ""} and a.value == b.value and a.value.denominator > 1
    return "" in (a.unit, b.unit)


def _is_share(figure: Figure, known: tuple[Figure, ...]) -> bool:
    """Whether a fraction says the same as a percentage: three fifths for 60 %, a quarter of a point for 25 bp."""
    for other in known:
        if {figure.unit, other.unit} not in ({"part", "%"}, {"part", "pp"}, {"part", "bp"}, {"bp", "pp"}, {"bp", "%"}):
            continue
        points = {f.value / 100 if f.unit == "bp" else f.value for f in (figure, other)}
        slack = Fraction(3, 100) if figure.about or other.about else Fraction(1, 200)
        part, percent = (figure, other) if figure.unit == "part" else (other, figure)
        if len(points) == 1 or (part.unit == "part" and abs(part.value - percent.value / 100) <= slack):
            return True
    return False


def _is_span(figure: Figure, evidence: Evidence) -> bool:
    """Whether the figure is the time between two dates of the evidence, in days or in whole weeks."""
    if figure.unit not in ("day", "week"):
        return False
    days = {_ordinal(d) for m in [*_evidence_dates(evidence), *_dateline(evidence)] for d in m.days[:1]} - {None}
    length = figure.value * (7 if figure.unit == "week" else 1)
    slack = 3 if figure.about else 0
    return any(a and b and 0 <= abs(abs(a - b) - length) <= slack for a, b in combinations(days, 2))


def _ordinal(day: Day) -> int | None:
    return date(day.year, day.month, day.day).toordinal() if day.year and day.month and day.day else None


def _rounds(claimed: Figure, known: Figure) -> bool:
    """Whether the claimed figure is a fair rounding, on the side that its own word says."""
    value, true, about = claimed.value, known.value, claimed.about
    if not value or not true:
        return False
    # A part and a percentage: "a third" for 33 %.
    if abs(value - true) > _NEAR * true:
        return False
    if about in _ROUNDED_UP:
        return value >= true
    if about in _ROUNDED_DOWN:
        return value <= true
    coarser = claimed.step > known.step
    if about:
        return coarser
    # Without a word for it only the digits that are shown may have been rounded: 20.1 million for 20,060,000.
    decimals = re.search(r"\d[.,]\d", claimed.raw) is not None
    return coarser and decimals and abs(value - true) * 2 <= claimed.step


def _follows(figure: Figure, claim: Claim, known: tuple[Figure, ...]) -> bool:
    """Whether the figure is a sum or a difference of two known ones, where the claim's words say so."""
    if not _DERIVED.search(claim.text):
        return False
    for a, b in combinations(known, 2):
        if a.unit == b.unit == "time" and figure.unit in ("min", "h", ""):
            minutes = abs(a.value - b.value)
            if figure.value in (minutes, minutes / 60):
                return True
        elif _compatible(a, b) and (_compatible(figure, a) or (figure.unit, a.unit) == ("pp", "%")):
            results = (a.value + b.value, abs(a.value - b.value))
            if any(
                figure.value == v or (figure.about and _rounds(figure, replace(a, value=v, raw=str(v))))
                for v in results
            ):
                return True
    return False


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
        if mention.raw.isdigit() and int(mention.raw) in loose:
            continue
        if not any(_same(mention, other) for other in known):
            near = _nearby_date(mention, evidence)
            yield Finding("F303", f"the date “{mention.raw}” is not in {evidence.where}{near}")


def _nearby_figure(figure: Figure, evidence: Evidence) -> str:
    """Name the uncited sentence close by that has the figure: most often it was meant to be cited."""
    for sentence in evidence.around(_CLOSE_BY):
        if any(f.value == figure.value and _compatible(figure, f) for f in evidence.figures_of(sentence)):
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
    if not mention.days[0].month or re.search(r"\d{4}", mention.raw):
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
