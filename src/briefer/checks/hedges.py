"""W501: is the claim as careful as its evidence?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefer.briefing import Claim
from briefer.checks.clauses import (
    Governed,
    Told,
    carries,
    clauses_with,
    governed_by,
    is_all_of_it,
    plain_stems,
    unquoted,
)
from briefer.checks.evidence import Evidence
from briefer.checks.hedge_words import AHEAD, DENIED, HEDGES, KINDS, OPEN, SAYS, Kind
from briefer.checks.lexicon import Cues, any_of
from briefer.checks.support import is_told_freely
from briefer.checks.thesaurus import same
from briefer.findings import Finding
from briefer.stems import stem, stems

_SAYS, _OPEN, _CUES = any_of(SAYS), any_of(OPEN), Cues(*HEDGES, DENIED)
# That the paper says so itself keeps no hedge that it has.
_OWN_REPORT = re.compile(
    r"▮+ (?:says?|said|reports?|reported|writes?|wrote|adds?|has it|tells?|told)\b|\b[Aa]ccording to ▮+"
)


@dataclass(frozen=True, slots=True)
class _Hedge:
    """A hedge of a cited sentence: its kind, what it is about, and the sentence, folded."""

    kind: Kind
    governed: Governed
    known: str


def hedge_is_kept(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """W501: what the evidence only alleges, expects or allows for is no plain fact in the claim."""
    if claim.kind != "reported" or evidence.foreign:
        return
    hedges = [
        (sentence, hedge)
        for sentence, known in zip(evidence.cited, unquoted(claim, evidence), strict=True)
        for hedge in _hedges(known, evidence.language_of(sentence))
    ]
    if not hedges:
        return
    told = Told.of(_OWN_REPORT.sub(" ", evidence.said), evidence.bundle.language, plain_stems(evidence, _CUES))
    for sentence, hedge in hedges:
        if _is_told(hedge, told) and not _is_kept(hedge, told):
            if is_told_freely(evidence):
                return
            cue = hedge.governed.cue
            yield Finding("W501", f"{sentence.id} says “{cue}”; keep the hedge or say whose claim it is")
            return


def _hedges(known: str, language: str) -> Iterator[_Hedge]:
    if _CUES.are_in(known):
        for kind in KINDS:
            yield from (_Hedge(kind, governed, known) for governed in governed_by(known, kind.cues, language))


def _is_told(hedge: _Hedge, told: Told) -> bool:
    """Whether the claim says what the hedge is about."""
    if carries(told, hedge.governed) or is_all_of_it(told, hedge.governed, hedge.known):
        return True
    return hedge.kind.here and _says_first(told, hedge.governed)


def _is_kept(hedge: _Hedge, told: Told) -> bool:
    """Whether the claim has a careful word for this hedge; a "could" or "plan" ahead of what is to be left open."""
    clauses = (clauses_with(hedge.governed, told) if hedge.kind.here else None) or [told.text]
    for clause in clauses:
        for match in hedge.kind.careful.finditer(clause):
            behind = stems(clause[match.end() :], told.language)
            if _is_another(match.group(), behind, hedge, told.language):
                continue
            if not hedge.kind.here or not AHEAD.fullmatch(match.group()) or not AHEAD.fullmatch(hedge.governed.cue):
                return True
            if any(same(s, frozenset(behind)) for s in hedge.governed.about):
                return True
    return False


def _is_another(word: str, behind: tuple[str, ...], hedge: _Hedge, language: str) -> bool:
    """Whether the evidence has this careful word too, of the same thing and beside the hedge.

    "If it comes the search would probably stop" is more than "if it comes the search will stop".
    """
    own = stem(word.split()[0])
    if (not hedge.kind.here and _SAYS.fullmatch(word)) or own == stem(hedge.governed.cue.split()[0]):
        return False
    if _OPEN.fullmatch(word) and own in stems(hedge.known, language):
        return True  # "a line is ready, which is expected in May": that it will be ready is no care
    found = (m for m in hedge.kind.careful.finditer(hedge.known) if stem(m.group().split()[0]) == own)
    return any({*behind[:2]} & {*stems(hedge.known[m.end() :], language)[:2]} for m in found)


def _says_first(told: Told, governed: Governed) -> bool:
    """Whether the claim has the verb behind "could" or "may", and one of the words around it."""
    first, beside = governed.stems[:1], {*governed.stems[1:3], governed.before}
    return bool(first) and first[0] in told.stems - told.plainly and bool(beside & told.stems)
