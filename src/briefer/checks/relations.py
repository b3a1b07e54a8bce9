"""F: what a sentence of the evidence says of one figure by another, and margins.

"15.4 %, 2.9 points above the minimum" gives the minimum, "27 million over four years" so much a year. Nothing in the
claim need say that it was worked out: the evidence does.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations

from briefer.briefing import Claim
from briefer.checks.evidence import Evidence
from briefer.checks.units import ALONE, CURRENCIES, compatible, matches
from briefer.dates import blank
from briefer.figure_words import LASTING
from briefer.figures import Figure, figures
from briefer.findings import Finding
from briefer.text import fold

ROUGHLY = r"(?:(?:about|around|some|nearly|almost|roughly|more than|over|less than|under|just|only|at least)\s)*"
_UP = (
    r"more|higher|above|ahead|over|clear|up|older|longer|larger|bigger|heavier|taller|dearer|better|faster|later|extra"
)
_DOWN = (
    r"fewer|less|lower|below|behind|short|shy|under|down|younger|shorter|smaller|lighter|cheaper|worse|slower|earlier"
)
RISEN = (
    r"up|r[io]se[ns]?|rising|rais\w+|gr[eo]wn?|growing|climb\w*|increas\w*|jump\w*|soar\w*|surg\w*|gain\w*|add\w*|lift\w*"
    r"|widen\w*|expand\w*|swell\w*|swollen|advanc\w*|improv\w*|extend\w*|lengthen\w*|put on|went up|ahead"
)
FALLEN = (
    r"down|f[ea]ll(?:en|s)?|falling|drop\w*|declin\w*|shr[aiu]nk\w*|narrow\w*|cut\w*|lower\w*|reduc\w*|trim\w*|slash\w*"
    r"|slip\w*|slid\w*|los[et]\w*|shed\w*|plung\w*|tumbl\w*|decreas\w*|shorten\w*|eas(?:ed|es|ing)|behind"
)
_BEHIND = re.compile(
    rf"(?:\s(?!and\b|but\b|while\b)[\w'-]+){{0,2}}?\s(?:(?P<up>{_UP})|(?P<down>{_DOWN}))\b(?!\s(?:\d|of\b))"
)
_BEFORE = re.compile(
    rf"\b(?:(?P<up>up|ahead)|(?P<down>down|behind))\s{ROUGHLY}[$€£¥]?$"
    rf"|\b(?:(?P<risen>{RISEN})|(?P<fallen>{FALLEN}))\b[^;:.!?\d]{{0,40}}?\b(?:by|of)\s{ROUGHLY}[$€£¥]?$"
)
# "Rose 12%" is by how much, "rose 12" may be to where.
_MOVED = re.compile(rf"\b(?:(?P<up>{RISEN})|(?P<down>{FALLEN}))\s{ROUGHLY}$")
_TO = re.compile(rf"\b(?:to|at)\s{ROUGHLY}[$€£¥]?$")
_FROM = re.compile(rf"\b(?:from|against|compared with|than)\s{ROUGHLY}[$€£¥]?$")
# What a change or a margin is called before the figure: "by four", "a majority of five".
_CHANGE_OF = re.compile(
    r"\b(?:by|(?:majority|margin|lead|gap|difference|advantage|rise|increase|growth|gain|fall|drop|decline|decrease|cut"
    rf"|loss|reduction|surplus|shortfall|excess|saving|deficit) of)\s{ROUGHLY}[$€£¥]?$"
)
_MARGIN = re.compile(rf"\b(?:majority|margin|lead|gap|difference|advantage) of\s{ROUGHLY}$")
_VERSUS = re.compile(r"(?:[a-z]+\s)?(?:(?P<to>to|against|versus)|and)|(?P<dash>-)")
_CONTRAST = re.compile(
    rf"\b(?:instead of|rather than|(?:up|down) from|compared (?:with|to)|as against|not|than)\s(?:the\s)?(?:[a-z]+\s)?"
    rf"{ROUGHLY}[$€£¥]?$"
)
_NO_THING = re.compile(r"(?:and|but|has|had|was|were|for|from|before|after|when|that|while|in|on|as|to)$")
_BETWEEN = re.compile(r"\bbetween\s(?:[a-z]+\s)?[$€£¥]?$")
_AND_ONE = re.compile(r"(?:\s[\w-]+){1,2} and (?:an?|one|his|her) [a-z]")
# "A year", "annually", "on average": a whole by its parts.
_RATE = re.compile(
    r"\b(?:an?|per|each|every)\s(?:second|minute|hour|day|week|month|quarter|year)\b|\b(?:dai|hour|week|month|annual|year)ly\b"
    r"|\b(?:each|apiece|a head|per (?:head|person|capita)|every|average)\b"
)


def is_told_as_change(figure: Figure, text: str) -> bool:
    """Whether the claim, in lower case, calls a figure a difference where it stands: by four, four more."""
    before = f"{text[: figure.start].rstrip()} "
    return bool(_CHANGE_OF.search(before) or _BEHIND.match(text, figure.end))


def related(evidence: Evidence, said: str) -> Iterator[tuple[Fraction, str]]:
    """Yield what the cited sentences say by way of another figure; `said` is the claim in lower case."""
    for sentence in evidence.cited:
        text = fold(sentence.text).casefold()
        known = evidence.figures_of(sentence)
        changes = [(f, way) for f in known if (way := _way(text, f)) and f.unit not in ALONE]
        for change, way in changes:
            own = [f for f in known if f is not change and _is_level(f, change)]
            others = own or [f for f in evidence.figures if f not in known and _is_level(f, change)]
            for level in others:
                before = f"{text[: level.start].rstrip()} " if level in own else ""
                yield _other(level, change, -way if _FROM.search(before) else way)
        yield from _multiplied(text, known)
        yield from _one_more(text, known)
        if _RATE.search(said):
            yield from _each(known)


def _way(text: str, figure: Figure) -> int:
    """Say whether a figure is by how much something is more (1) or less (-1) than another, or neither (0)."""
    if behind := _BEHIND.match(text, figure.end):
        return 1 if behind["up"] else -1
    ahead = f"{text[: figure.start].rstrip()} "
    if figure.unit in ("%", "pp", "bp") and (moved := _MOVED.search(ahead)):
        return 1 if moved["up"] else -1
    before = _BEFORE.search(ahead)
    return 0 if not before else 1 if before["up"] or before["risen"] else -1


def _is_level(level: Figure, change: Figure) -> bool:
    """Whether a figure may be what a change is told of: a share changes by points, any count by per cent."""
    if level.unit in ALONE:
        return False
    if change.unit in ("pp", "bp"):
        return level.unit == "%"
    return compatible(level, change) or (change.unit == "%" and level.unit not in ("pp", "bp"))


def _other(level: Figure, change: Figure, way: int) -> tuple[Fraction, str]:
    """Return the figure that this one is `change` more, or less, than."""
    if change.unit == "%" and level.unit != "%":
        return level.value / (1 + way * change.value / 100) if change.value < 100 or way > 0 else Fraction(
            0
        ), level.unit
    return level.value - way * change.value / (100 if change.unit == "bp" else 1), level.unit or change.unit


def _multiplied(text: str, known: tuple[Figure, ...]) -> Iterator[tuple[Fraction, str]]:
    """Yield what was doubled, or cut by a third, to a figure that stands behind "to"; and what became of one."""
    for level in known:
        before = f"{text[: level.start].rstrip()} "
        for change in known if level.unit not in ALONE else ():
            way = _way(text, change) if change.unit == "part" else 0
            factor = change.value if change.unit == "x" else 1 + way * change.value if way else Fraction(0)
            if factor and _TO.search(before):
                yield level.value / factor, level.unit
            elif factor and _FROM.search(before):
                yield level.value * factor, level.unit


def _one_more(text: str, known: tuple[Figure, ...]) -> Iterator[tuple[Fraction, str]]:
    """Yield six for five children and a teacher."""
    for figure in known:
        if not figure.unit and figure.noun and _AND_ONE.match(text, figure.end):
            yield figure.value + 1, ""


def _each(known: tuple[Figure, ...]) -> Iterator[tuple[Fraction, str]]:
    """Yield what a sum over so many years or months is for one of them."""
    for span in known:
        for whole in known if span.unit in LASTING and span.value else ():
            if whole.unit in ("", *CURRENCIES) and whole is not span:
                yield whole.value / span.value, whole.unit


def margin_is_a_difference(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """F305: a majority, a lead or a gap is what lies between two figures, not the smaller of the two."""
    if claim.kind == "extract" or not evidence.cited or evidence.foreign:
        return
    said = evidence.said.casefold()
    pairs = _pairs_of(evidence)
    for figure in figures(blank(evidence.said), evidence.bundle.language):
        if not _MARGIN.search(f"{said[: figure.start].rstrip()} "):
            continue
        apart = any(abs(a.value - b.value) == figure.value for a, b in combinations(evidence.figures, 2))
        held = [f for f in evidence.figures if matches(figure, f)]
        if held and not apart and all(any(f in pair for pair in pairs) for f in held):
            yield Finding(
                "F305", f"in {evidence.where} “{figure.raw}” is one side's count, not what lies between the two"
            )
            return


def pairs_stay_together(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """F305: three votes to two, 41 to 34, between 120 and 150 million: each keeps the other that it has there."""
    if claim.kind == "extract" or not evidence.cited or evidence.foreign:
        return
    known = _pairs_of(evidence)
    text = evidence.said.casefold()
    for pair in _pairs(text, figures(blank(evidence.said), evidence.bundle.language)) if known else ():
        if any(_one(pair, other) for other in known):
            continue
        for mine, partner in (pair, pair[::-1]):
            theirs = [_partner(mine, other) for other in known]
            places = [f for f in evidence.figures if matches(mine, f)]
            held = [t for t in theirs if t and compatible(partner, t)]
            if held and all(any(f in other for other in known) for f in places):
                there = f"“{mine.raw}” stands with “{held[0].raw}”"
                yield Finding("F305", f"in {evidence.where} {there}, not with “{partner.raw}”")
                return


def contrast_has_two_sides(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """F305: nothing is four instead of four, nor up from 58% to 58%."""
    if claim.kind == "extract" or not evidence.cited or evidence.foreign:
        return
    said = evidence.said.casefold()
    own = figures(blank(evidence.said), evidence.bundle.language)
    for at, figure in enumerate(own):
        if not _CONTRAST.search(f"{said[: figure.start].rstrip()} "):
            continue
        for other in own[max(0, at - 1) : at]:
            same_thing = not other.noun or not figure.noun or _NO_THING.match(figure.noun) or other.noun == figure.noun
            if other.value == figure.value and figure.unit in (other.unit, "") and same_thing:
                yield Finding("F305", f"“{figure.raw}” is held against itself; one of the two is another figure")
                return


def _pairs_of(evidence: Evidence) -> list[tuple[Figure, Figure]]:
    return [pair for s in evidence.cited for pair in _pairs(fold(s.text).casefold(), evidence.figures_of(s))]


def _pairs(text: str, known: tuple[Figure, ...]) -> Iterator[tuple[Figure, Figure]]:
    """Yield the figures of folded text that are told as one score or range: nine votes to four, between 20 and 30."""
    for a, b in zip(known, known[1:], strict=False):
        joint = _VERSUS.fullmatch(text[a.end : b.start].strip())
        if (
            joint
            and (joint["to"] or joint["dash"] or _BETWEEN.search(f"{text[: a.start].rstrip()} "))
            and {a.unit, b.unit}.isdisjoint(ALONE)
        ):
            yield a, b


def _one(pair: tuple[Figure, Figure], other: tuple[Figure, Figure]) -> bool:
    return any(matches(pair[0], a) and matches(pair[1], b) for a, b in (other, other[::-1]))


def _partner(figure: Figure, pair: tuple[Figure, Figure]) -> Figure | None:
    """Return the other figure of a pair that has this one."""
    return next((b for a, b in (pair, pair[::-1]) if matches(figure, a)), None)
