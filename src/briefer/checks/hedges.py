"""W501: is the claim as careful as its evidence?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefer.briefing import Claim
from briefer.checks.clauses import Governed, carries, clauses_with, governed_by, is_all_of_it, plain_stems, unquoted
from briefer.checks.evidence import Evidence
from briefer.checks.lexicon import (
    ARRANGED,
    CLAIMED,
    COMING,
    CONDITION,
    DISPUTED,
    EXPECTED,
    OPEN,
    PENDING,
    PLANNED,
    SAYS,
    UNNAMED,
    UNSURE,
    UNVERIFIED,
    WHETHER,
    alternatives,
    any_of,
)
from briefer.checks.thesaurus import same
from briefer.findings import Finding
from briefer.stems import stems
from briefer.text import fold, words

_HEDGES = any_of(CLAIMED, UNSURE, PLANNED, EXPECTED, WHETHER, CONDITION)
_SAYS, _CAREFUL = any_of(SAYS), any_of(CLAIMED, UNSURE, SAYS, OPEN, CONDITION, UNVERIFIED, DISPUTED)
_ATTRIBUTED = any_of(
    CLAIMED, UNSURE, SAYS, UNVERIFIED, DISPUTED, "puts on_the_word_of sources? insiders? informants? moles?"
)
_UNVERIFIED, _DISPUTED, _CONDITION = any_of(UNVERIFIED), any_of(DISPUTED), any_of(CONDITION)
# Of these only what follows is left open.
_AHEAD = re.compile(r"may|might|could|can|should|want\w*|plan\w*|expect\w*|hop\w+|aim\w*|intend\w*", re.IGNORECASE)
# So many words of the claim stand in no other cited sentence.
_TOLD = 2
# Each sort of hedge, and what in a claim is as careful: anywhere in it, or in the words that the hedge is about.
_SORTS = tuple(
    (alternatives(sort), any_of(*careful), here)
    for sort, careful, here in (
        (CLAIMED, (CLAIMED, UNSURE, SAYS, OPEN, PENDING), False),
        (UNSURE, (CLAIMED, UNSURE, PLANNED, EXPECTED, OPEN), True),
        (WHETHER, (CLAIMED, UNSURE, SAYS, OPEN, PENDING), False),
        (PLANNED, (CLAIMED, UNSURE, PLANNED, EXPECTED, OPEN, PENDING, COMING), False),
        (EXPECTED, (CLAIMED, UNSURE, PLANNED, EXPECTED, OPEN, PENDING, ARRANGED), False),
    )
)


def hedge_is_kept(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """W501: what the evidence only alleges, expects or allows for is no plain fact in the claim."""
    if claim.kind != "reported" or evidence.foreign:
        return
    text, language = fold(claim.text), evidence.bundle.language
    said = frozenset(stems(text, language))
    plainly = plain_stems(evidence, _HEDGES)
    for sentence, known in zip(evidence.cited, unquoted(claim, evidence), strict=True):
        for cue, careful, here in _SORTS:
            for governed in governed_by(known, cue, evidence.language_of(sentence)):
                clauses = clauses_with(governed, text, language) if here else [text]
                told = carries(said, governed, plainly) or is_all_of_it(said, governed, known)
                told = told or (here and _says_first(said, governed, plainly))
                if told and not any(
                    _is_careful(careful, c, governed if here else None, language) for c in clauses or [text]
                ):
                    yield Finding(
                        "W501", f"{sentence.id} says “{governed.cue}”; keep the hedge or say whose claim it is"
                    )
                    return
    if not _CAREFUL.search(text):
        yield from _open_matters(evidence, said - _name_stems(text))
    if not _ATTRIBUTED.search(text) and not UNNAMED.search(text):
        yield from _unnamed_sources(evidence, said - _name_stems(text))


def _is_careful(careful: re.Pattern[str], clause: str, governed: Governed | None, language: str) -> bool:
    """Whether a clause has a careful word; a "could" or "plan" only ahead of what it must be careful about."""
    for match in careful.finditer(clause):
        if not governed or not _AHEAD.fullmatch(match.group()):
            return True
        if any(same(s, frozenset(stems(clause[match.end() :], language))) for s in governed.stems[:5]):
            return True
    return False


def _open_matters(evidence: Evidence, said: frozenset[str]) -> Iterator[Finding]:
    """What hangs on a condition, or what nobody could verify or two sides dispute, told as a fact of its own."""
    around = [(s, fold(s.text)) for s in (*evidence.cited, *evidence.neighbours)]
    doubted = {s for s, text in around if _UNVERIFIED.search(text) or (s in evidence.cited and _DISPUTED.search(text))}
    for sentence, known in zip(evidence.cited, evidence.texts, strict=True):
        shared = said & set(stems(known, evidence.language_of(sentence)))
        if len(shared) < 3 or len(shared) * 2 < len(said):
            continue
        condition = _CONDITION.search(known)
        says = _SAYS.search(known) if sentence not in doubted else None
        other = next((s.id for s, _ in around if s in doubted), "")
        if condition:
            yield Finding("W501", f"{sentence.id} says “{condition.group()}”; keep the condition")
            return
        if says and other:
            yield Finding(
                "W501", f"{sentence.id} only says that somebody said so, and {other} doubts it; say whose claim it is"
            )
            return


def _unnamed_sources(evidence: Evidence, said: frozenset[str]) -> Iterator[Finding]:
    """What only people without a name say, told as a fact: nobody answers for it but them."""
    for sentence, known in zip(evidence.cited, evidence.texts, strict=True):
        unnamed = UNNAMED.search(known)
        others = (s for s in evidence.cited if s is not sentence)
        elsewhere = {w for s in others for w in stems(s.text, evidence.language_of(s))}
        own = said & set(stems(known, evidence.language_of(sentence))) - elsewhere
        if unnamed and len(own) >= _TOLD and len(own) * 4 >= len(said):
            yield Finding("W501", f"in {sentence.id} “{unnamed.group()}” it, without a name; say that somebody says so")
            return


def _says_first(said: frozenset[str], governed: Governed, plainly: frozenset[str]) -> bool:
    """Whether the claim has the verb behind "could" or "may", and one of the words around it."""
    first, beside = governed.stems[:1], {*governed.stems[1:3], governed.before}
    return bool(first) and same(first[0], said - plainly) > 0 and bool(beside & said)


def _name_stems(text: str) -> frozenset[str]:
    """The stems of capitalised words: a name beside a title shares them with any sentence on the person."""
    return frozenset(s for w in words(text) if w[0].isupper() for s in stems(w))
