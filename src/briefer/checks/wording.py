"""W: is the claim as sure, as negative and as plain as its evidence?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from briefer.briefing import Claim
from briefer.checks.evidence import Evidence
from briefer.checks.lexicon import (
    CLAIMED,
    COMING,
    LEAKED,
    NEGATIVE,
    NOT,
    OPEN,
    PLANNED,
    SAYS,
    UNSURE,
    alternatives,
    any_of,
)
from briefer.findings import Finding
from briefer.stems import stem, stems
from briefer.text import fold, plain, words

_HEDGES = any_of(CLAIMED, UNSURE, PLANNED)
_NOT, _NEGATIVE = any_of(NOT), any_of(NEGATIVE)
# Each sort of hedge, and what in a claim is as careful.
_SORTS = tuple(
    (alternatives(sort), any_of(*careful))
    for sort, careful in ((CLAIMED, (SAYS, OPEN)), (UNSURE, (OPEN,)), (PLANNED, (OPEN, COMING)))
)
# "No race has been closer" is a superlative, not a denial.
_MOST = re.compile(r"\b(?:no|never)\b.*\b(?:\w+er|more|less)\b", re.IGNORECASE)
_CLAUSE_END = re.compile(
    r"[;:\"]|,\s(?:but|and|while|although|which|who)\b|\s(?:but|although|while|whereas|and that)\s|\.\s"
)
# A run of this many of an article's own words is no longer one's own sentence.
COPIED_RUN = 18
# Words of which one cannot stand for the other.
_OPPOSITES = tuple(
    (frozenset(map(stem, ups.split())), frozenset(map(stem, downs.split())))
    for ups, downs in (
        ("rise increase climb grow jump surge gain raise", "fall decrease drop decline shrink slump lose lower cut"),
        ("double triple", "halve"),
        ("strengthen", "weaken"),
        ("convict", "acquit"),
        ("north", "south"),
        ("east", "west"),
    )
)


@dataclass(frozen=True, slots=True)
class _Governed:
    cue: str
    stems: tuple[str, ...]


def hedge_is_kept(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """W501: what the evidence only alleges, expects or allows for is no plain fact in the claim."""
    if claim.kind != "reported" or evidence.foreign or _HEDGES.search(claim.text):
        return
    cues = [sort for sort, careful in _SORTS if not careful.search(claim.text)]
    said = frozenset(stems(claim.text, evidence.bundle.language))
    plainly = _plain_stems(evidence, _HEDGES)
    for sentence, text in zip(evidence.cited, _unquoted(claim, evidence), strict=True):
        for cue in cues:
            for governed in _governed(text, cue, evidence.language_of(sentence)):
                if _carries(said, governed, plainly):
                    yield Finding(
                        "W501", f"{sentence.id} says “{governed.cue}”; keep the hedge or say whose claim it is"
                    )
                    return


def negation_is_kept(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """W502: a not, no or never stands on both sides or on neither."""
    if claim.kind == "extract" or evidence.foreign:
        return
    text = fold(claim.text)
    said = frozenset(stems(text, evidence.bundle.language))
    # A word like "stoppage" that the claim shares with its evidence denies nothing.
    shared = " ".join(evidence.texts).casefold()
    negated = bool(_NOT.search(text)) or any(m.group().casefold() not in shared for m in _NEGATIVE.finditer(text))
    plainly = _plain_stems(evidence, _NOT)
    for sentence, known in zip(evidence.cited, _unquoted(claim, evidence), strict=True):
        for governed in _governed(known, _NOT.pattern, evidence.language_of(sentence)):
            if not negated and _carries(said, governed, plainly):
                yield Finding("W502", f"{sentence.id} says “{governed.cue}” of this, the sentence does not")
                return
    if _NOT.search(text) and not any(_NOT.search(t) or _NEGATIVE.search(t) for t in evidence.texts):
        near = " ".join(fold(s.text) for s in evidence.neighbours)
        for governed in _governed(text, _NOT.pattern, evidence.bundle.language):
            if (
                sum(s in evidence.stems for s in governed.stems) >= 2
                and not _NOT.search(near)
                and not _MOST.search(text)
            ):
                yield Finding("W502", f"the sentence says “{governed.cue}”, its evidence does not")
                return


def _unquoted(claim: Claim, evidence: Evidence) -> list[str]:
    """The cited sentences; without their quotations where the claim quotes, since Q201 holds those to the letter."""
    if '"' not in fold(claim.text):
        return list(evidence.texts)
    return [re.sub(r'"[^"]*"', '"', text) for text in evidence.texts]


def _carries(said: frozenset[str], governed: _Governed, plainly: frozenset[str]) -> bool:
    """Whether the claim says what a cue governs, and no other cited clause says it plainly."""
    own = [s for s in governed.stems[:5] if s not in plainly]
    held = sum(s in said for s in own)
    return (
        len(own) >= 2
        and held >= 2
        and held * 3 >= len(own) * 2
        or (len(own) == 1 and own[0] in said and len(governed.stems) <= 2)
    )


def _plain_stems(evidence: Evidence, cue: re.Pattern[str]) -> frozenset[str]:
    """The stems of cited clauses without the cue: what they carry needs no hedge and no negation."""
    plainly: set[str] = set()
    for sentence, text in zip(evidence.cited, evidence.texts, strict=True):
        for clause in _CLAUSE_END.split(text):
            if not cue.search(clause):
                plainly.update(stems(clause, evidence.language_of(sentence)))
    return frozenset(plainly)


@lru_cache(maxsize=16384)
def _governed(text: str, pattern: str, language: str) -> tuple[_Governed, ...]:
    found = []
    for clause in _CLAUSE_END.split(text):
        for match in re.finditer(pattern, clause, re.IGNORECASE):
            after = stems(clause[match.end() :], language)
            found.append(_Governed(match.group(), after))
    return tuple(found)


def direction_is_kept(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """W502: where the evidence says fell the claim does not say rose."""
    if claim.kind == "extract" or evidence.foreign:
        return
    said = frozenset(stems(evidence.said, evidence.bundle.language))
    for ups, downs in _OPPOSITES:
        for mine, theirs in ((ups, downs), (downs, ups)):
            told, meant = mine & said, theirs & evidence.stems
            if told and meant and not (mine & evidence.nearby_stems) and not (theirs & said):
                yield Finding("W502", f"the sentence says “{min(told)}” where the evidence says “{min(meant)}”")
                return


def nothing_leaked(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """W503: no ids, no talk about the task, no instruction."""
    text = fold(claim.text)
    match = LEAKED.search(text)
    if match and fold(match.group()) not in " ".join(evidence.texts):
        yield Finding("W503", f"“{match.group()[:40]}” is no part of a sentence for readers")
    if not text:
        yield Finding("W503", "the sentence is empty")
    elif len(text) > 700 and claim.kind != "extract":
        yield Finding("W503", f"the sentence has {len(text)} characters; write one sentence of at most 35 words")


def not_copied(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """W504: no long run of an article's own words outside quotation marks."""
    if claim.kind == "extract":
        return
    own = [plain(w) for w in words(re.sub(r'"[^"]*"', " ▮ ", fold(claim.text)))]
    for text in evidence.texts:
        theirs = " ".join(plain(w) for w in words(text))
        for start in range(len(own) - COPIED_RUN + 1):
            run = " ".join(own[start : start + COPIED_RUN])
            if f" {run} " in f" {theirs} ":
                yield Finding(
                    "W504",
                    f"“{run[:60]} …” is {COPIED_RUN} words or more of the article's own; say it in your own words",
                )
                return
