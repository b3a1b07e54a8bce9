"""F302, F305: so much a month is so much a year and not so much a week; and what rose to a sum did not rise by it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from briefer.briefing import Claim
from briefer.checks.evidence import Evidence
from briefer.checks.spans import days_between
from briefer.checks.told_days import days_of
from briefer.checks.units import compatible, matches
from briefer.figure import Figure
from briefer.figure_words import UNITS
from briefer.findings import Finding
from briefer.text import fold

_PERIODS = "second|minute|hour|day|night|week|month|quarter|year"
# "38 florins a month", "500 passengers every day"; but not "two people a year ago".
_EACH = re.compile(
    rf"(?:\s[\w'-]+){{0,2}}?\s(?:an?|per|each|every)\s({_PERIODS})\b"
    r"(?!\s(?:ago|earlier|later|old|long|from|in|on|of)\b|\s(?:after|before)\b(?!\s(?:tax|interest|costs))|-)"
)
# "364 million last year".
_LAST = re.compile(rf"(?:\s[\w'-]+){{0,2}}?\s(?:last|this|next|(?:in|over) the (?:past|last|first)) ({_PERIODS})\b")
_IN_ALL = re.compile(
    rf"\b(?:an?|per|each|every|the|one)\s({_PERIODS})\b|\b(dai|hour|week|month|quarter|year|annual)ly?\b"
)
_AS = {"dai": "day", "annual": "year"}
# How much of the shorter one the longer one holds.
_HOLDS = {
    ("second", "minute"): 60, ("minute", "hour"): 60, ("hour", "day"): 24, ("day", "week"): 7, ("day", "year"): 365,
    ("day", "month"): 30, ("week", "year"): 52, ("week", "quarter"): 13,
    ("month", "quarter"): 3, ("quarter", "year"): 4, ("month", "year"): 12,
}  # fmt: skip
_MOVED = (
    r"\b(?:rose|rises?n?|gr[eo]wn?|climb\w*|increas\w*|jump\w*|f[ea]ll(?:s|en)?|drop\w*|declin\w*|shr[aiu]nk\w*"
    r"|narrow\w*|widen\w*|cuts?|lower\w*|rais\w*|reduc\w*|surg\w*|soar\w*|trim\w*|slash\w*|slip\w*|went|gone|moved)\b"
)
_BY_OR_TO = re.compile(
    _MOVED + r"[^;:.!?]{0,50}?\b(by|to|from)\s"
    r"(?:(?:about|around|some|nearly|almost|roughly|more than|over|less than|under|just|only)\s)?$"
)
_CHANGE_BEFORE = re.compile(
    r"\b(?:up|down|by|a (?:rise|fall|gain|loss|drop|cut|increase|decrease|decline) of)\s(?:(?:about|some)\s)?$"
)
_CHANGE_BEHIND = re.compile(r"(?:\s[\w'-]+)?\s(?:more|fewer|less|higher|lower|up|down)\b")


_IN_DAYS = {"day": Fraction(1), "week": Fraction(7), "month": Fraction(30437, 1000), "year": Fraction(36525, 100)}


def periods_are_kept(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """F302: a sum a month in the evidence is no such sum a week in the claim."""
    if claim.kind == "extract" or not evidence.cited or evidence.foreign:
        return
    said = evidence.said.casefold()
    for figure in evidence.own:
        mine = _EACH.match(said, figure.end)
        theirs = _periods(figure, evidence) if mine else None
        if mine and theirs and "" not in theirs and mine[1] not in theirs and {mine[1], *theirs} != {"day", "night"}:
            told = f"{evidence.where} gives “{figure.raw}” for a {min(theirs)}, not for a {mine[1]}"
            yield Finding("F302", told)
            return


def is_period(figure: Figure, evidence: Evidence) -> bool:
    """Whether "a quarter" is no part of anything but the time for which another figure is told: 15 a quarter."""
    said = evidence.said.casefold()
    told = (_EACH.match(said, other.end) for other in evidence.own if other.start < figure.start)
    return figure.raw == "a quarter" and any(m and m.end(1) == figure.end for m in told)


def follows_by_time(text: str, evidence: Evidence) -> Iterator[tuple[Fraction, str]]:
    """Yield what the evidence's sums for one length of time are for another that the claim names: 12 months a year."""
    wanted = {_AS.get(word, word) for m in _IN_ALL.findall(text) for word in m if word}
    for figure, period in _rates(evidence) if wanted else ():
        for longer in wanted:
            if (period, longer) in _HOLDS:
                yield figure.value * _HOLDS[period, longer], figure.unit
            if (longer, period) in _HOLDS:
                yield figure.value / _HOLDS[longer, period], figure.unit


def lasts_at_a_rate(evidence: Evidence) -> Iterator[tuple[Fraction, str]]:
    """Yield how long a sum lasts at so much a month: 88 million at 11 million a month are eight months."""
    for rate, period in _rates(evidence):
        for whole in evidence.figures if rate.value and rate.unit not in ("time", "nth") else ():
            if whole is not rate and compatible(whole, rate) and whole.value > rate.value:
                yield whole.value / rate.value, UNITS.get(period, "day")


def since(evidence: Evidence) -> Iterator[tuple[Fraction, str]]:
    """Yield what so much a month comes to between two days: 310 a month since the cap came in."""
    for rate, period in _rates(evidence):
        for a, b in combinations(set(days_of(evidence)), 2) if period in _IN_DAYS else ():
            yield Fraction(days_between(a, b) or 0) / _IN_DAYS[period] * rate.value, rate.unit


def _rates(evidence: Evidence) -> Iterator[tuple[Figure, str]]:
    """Yield the figures of the cited sentences that are told of a length of time each, and which."""
    for sentence in evidence.cited:
        text = fold(sentence.text).casefold()
        for figure in evidence.figures_of(sentence):
            if each := _EACH.match(text, figure.end) or _LAST.match(text, figure.end):
                yield figure, each[1]


def by_is_not_to(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """F305: what rose to 212 in the evidence did not rise by 212, nor from it."""
    if claim.kind == "extract" or not evidence.cited or evidence.foreign:
        return
    said = evidence.said.casefold()
    for figure in evidence.own:
        mine = _BY_OR_TO.search(figure.ahead(said))
        if not mine or figure.unit in ("time", "nth") or _is_difference(figure, evidence):
            continue
        ways = _ways(figure, evidence)
        if ways and mine[1] not in ways and "" not in ways:
            told = f"{evidence.where} has “{figure.raw}” as what it moved {min(ways)}, not {mine[1]}"
            yield Finding("F305", told)
            return


def _periods(figure: Figure, evidence: Evidence) -> set[str]:
    """Return for what length of time each place in the cited sentences gives the figure; "" for none."""
    found = set()
    for sentence in evidence.cited:
        text = fold(sentence.text).casefold()
        each = (_EACH.match(text, f.end) for f in evidence.figures_of(sentence) if matches(figure, f))
        found |= {m[1] if m else "" for m in each}
    return found


def _ways(figure: Figure, evidence: Evidence) -> set[str]:
    """Say how each cited sentence moves the figure; one that has another figure as the change has this as the level."""
    found = set()
    for sentence in evidence.cited:
        text, known = fold(sentence.text).casefold(), evidence.figures_of(sentence)
        ways = {f: _way(text, f) for f in known}
        level = "to" if "by" in ways.values() else ""
        found |= {way or level for f, way in ways.items() if matches(figure, f)}
    return found


def _way(text: str, figure: Figure) -> str:
    """Say whether a figure is what something moved by, to or from; "" where the text leaves it open."""
    before = figure.ahead(text)
    if moved := _BY_OR_TO.search(before):
        return moved[1]
    if _CHANGE_BEFORE.search(before) or _CHANGE_BEHIND.match(text, figure.end):
        return "by"
    return "from" if re.search(r"\b(?:from|against|compared with)\s$", before) else ""


def _is_difference(figure: Figure, evidence: Evidence) -> bool:
    """Whether a figure is what lies between two others; where a sentence has it move from one to the other, these."""
    pairs: list[tuple[Figure, Figure]] = []
    for sentence in evidence.cited:
        text, known = fold(sentence.text).casefold(), evidence.figures_of(sentence)
        ends = {way: f for f in known if (way := _way(text, f)) in ("from", "to")}
        pairs += [(ends["from"], ends["to"])] if len(ends) == 2 else combinations(known, 2)
    return any(compatible(a, b) and abs(a.value - b.value) == figure.value for a, b in pairs)
