"""F: may a small count in words be of what the evidence lists, without a figure for it?

"Two lenders did not answer" is told of two that the evidence names. A wrong count stands where the evidence has another
one of the same: "four of the five" for "three of the five".
"""

from __future__ import annotations

import re

from briefer.bundle import Sentence
from briefer.checks.evidence import Evidence
from briefer.checks.units import matches
from briefer.figure import Figure
from briefer.numerals import is_year
from briefer.stems import stem
from briefer.text import fold, words

# Twelve are counted in words; two or three of something seldom have to be listed one by one.
_MOST, _FEW = 12, 3
_NO_DIGIT = 9
# Items of a list, and names, of which there must be as many as are counted.
_BETWEEN = re.compile(r"[,;]|\b(?:and|or)\b")
_NAME = re.compile(r"(?<![.!?] )(?<!^)\b[^\W\d_a-z]\w+(?: [^\W\d_a-z]\w+)*")
# Three of nine, four to one.
_OF, _TO = re.compile(r" of (?:the |its |their )?"), re.compile(r" to \w")
# How far around a figure its words are looked at, and how many of them make it one of the same thing.
_AROUND, _ALIKE = 3, 2


def counts_what_is_listed(figure: Figure, evidence: Evidence) -> bool:
    """Whether a figure of the claim is a small count in words of what the cited sentences may list."""
    if figure.unit or figure.raw[0].isdigit() or not 1 < figure.value <= _MOST:
        return False
    if figure.value <= _FEW and not _has_counts(evidence):
        return not figure.raw.startswith("all but")
    said = evidence.said.casefold()
    if _listed(evidence) < figure.value or _TO.match(said, figure.end) or figure.ahead(said).endswith(" to "):
        return False
    return not (any(_is_rival(figure, s, evidence) for s in evidence.cited) or _is_counted_close_by(figure, evidence))


def _has_counts(evidence: Evidence) -> bool:
    """Whether the evidence counts a few of anything itself, or in order."""
    return any(
        f.unit == "nth" or (not f.unit and f.value <= _NO_DIGIT and f.value.denominator == 1) for f in evidence.figures
    )


def _listed(evidence: Evidence) -> int:
    """Return how many things the cited sentences may list."""
    text = " ".join(evidence.texts)
    items = 1 + len(_BETWEEN.findall(text)) + sum(f.unit != "nth" for f in evidence.figures)
    return max(items, len(set(_NAME.findall(text))))


def _is_rival(figure: Figure, sentence: Sentence, evidence: Evidence) -> bool:
    """Whether a cited sentence has a count of the same, by its noun or the words around it, that the claim has not."""
    said, text = evidence.said.casefold(), fold(sentence.text).casefold()
    of_so_many = next((f.value for f in evidence.own if _OF.fullmatch(said, figure.end, f.start)), None)
    for known in evidence.figures_of(sentence):
        if known.unit not in ("", "nth") or is_year(known.value) or any(matches(own, known) for own in evidence.own):
            continue
        if _counts_the_same(figure, known) or (of_so_many and known.value < of_so_many):
            return True
        if _shared(figure, said, known, text) >= _ALIKE:
            return True
    return False


def _is_counted_close_by(figure: Figure, evidence: Evidence) -> bool:
    near = (f for s in evidence.neighbours for f in evidence.figures_of(s) if not f.unit)
    return any(_counts_the_same(figure, f) and f.value != figure.value for f in near)


def _counts_the_same(a: Figure, b: Figure) -> bool:
    return bool(a.noun) and stem(a.noun) == stem(b.noun)


def _shared(figure: Figure, said: str, known: Figure, text: str) -> int:
    """Return how many of the three words before, and after, two figures have in common."""
    before = {*words(said[: figure.start])[-_AROUND:]} & {*words(text[: known.start])[-_AROUND:]}
    after = {*words(said[figure.end :])[:_AROUND]} & {*words(text[known.end :])[:_AROUND]}
    return len(before) + len(after)
