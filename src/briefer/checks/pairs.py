"""F305: figures that belong together: margins, scores, ranges, and what is held against each other."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations

from briefer.briefing import Claim
from briefer.checks.evidence import Evidence
from briefer.checks.relations import ROUGHLY
from briefer.checks.units import ALONE, compatible, matches
from briefer.figure import Figure
from briefer.findings import Finding
from briefer.numerals import is_year
from briefer.text import fold

_MARGIN = re.compile(rf"\b(?:majority|margin|lead|gap|difference|advantage) of\s{ROUGHLY}$")
_VERSUS = re.compile(r"(?:[a-z]+\s)?(?:(?P<to>to|against|versus)|and)|(?P<dash>-)")
_CONTRAST = re.compile(
    rf"\b(?:instead of|rather than|(?:up|down) from|compared (?:with|to)|as against|not|than)\s(?:the\s)?(?:[a-z]+\s)?"
    rf"{ROUGHLY}[$€£¥]?$"
)
_NO_THING = re.compile(r"(?:and|but|has|had|was|were|for|from|before|after|when|that|while|in|on|as|to)$")
# "By three to 61" is not "from 58 to 61".
_FROM = re.compile(rf"\bfrom\s{ROUGHLY}[$€£¥]?$")
_BY = re.compile(rf"\bby\s{ROUGHLY}[$€£¥]?$")
_BETWEEN = re.compile(r"\bbetween\s(?:[a-z]+\s)?[$€£¥]?$")


def margin_is_a_difference(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """F305: a majority, a lead or a gap is what lies between two figures, not the smaller of the two."""
    if claim.kind == "extract" or not evidence.cited or evidence.foreign:
        return
    said = evidence.said.casefold()
    for figure in evidence.own:
        if not _MARGIN.search(figure.ahead(said)):
            continue
        pairs = _pairs_of(evidence)
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
    text = evidence.said.casefold()
    own = list(_pairs(text, evidence.own))
    every = _pairs_of(evidence) if own else []
    for pair in own if every else ():
        known = _pairs_of(evidence, without=_FROM) if _BY.search(pair[0].ahead(text)) else every
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
    own = evidence.own
    for at, figure in enumerate(own):
        if not _CONTRAST.search(figure.ahead(said)):
            continue
        for other in own[max(0, at - 1) : at]:
            same_thing = not other.noun or not figure.noun or _NO_THING.match(figure.noun) or other.noun == figure.noun
            if other.value == figure.value and figure.unit in (other.unit, "") and same_thing:
                yield Finding("F305", f"“{figure.raw}” is held against itself; one of the two is another figure")
                return


def _pairs_of(evidence: Evidence, without: re.Pattern[str] | None = None) -> list[tuple[Figure, Figure]]:
    """Return the pairs of the cited sentences, without those that such words stand before."""
    found = []
    for sentence in evidence.cited:
        text = fold(sentence.text).casefold()
        pairs = _pairs(text, evidence.figures_of(sentence))
        found += [pair for pair in pairs if not (without and without.search(pair[0].ahead(text)))]
    return found


def _pairs(text: str, known: tuple[Figure, ...]) -> Iterator[tuple[Figure, Figure]]:
    """Yield the figures of folded text that are told as one score or range: nine votes to four, between 20 and 30."""
    for a, b in zip(known, known[1:], strict=False):
        joint = _VERSUS.fullmatch(text[a.end : b.start].strip())
        if (
            joint
            and (joint["to"] or joint["dash"] or _BETWEEN.search(a.ahead(text)))
            and {a.unit, b.unit}.isdisjoint(ALONE)
            and _is_year(a) == _is_year(b)
        ):
            yield a, b


def _is_year(figure: Figure) -> bool:
    return figure.raw.isdigit() and is_year(figure.value)


def _one(pair: tuple[Figure, Figure], other: tuple[Figure, Figure]) -> bool:
    return any(matches(pair[0], a) and matches(pair[1], b) for a, b in (other, other[::-1]))


def _partner(figure: Figure, pair: tuple[Figure, Figure]) -> Figure | None:
    """Return the other figure of a pair that has this one."""
    return next((b for a, b in (pair, pair[::-1]) if matches(figure, a)), None)
