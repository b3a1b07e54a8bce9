"""W: is the claim as sure, as negative and as plain as its evidence?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from briefer.briefing import Claim
from briefer.checks.evidence import Evidence
from briefer.findings import Finding
from briefer.stems import stem, stems
from briefer.text import fold, plain, words

# Two sorts of hedge: somebody claims it, or it is not sure.
_CLAIMED = (
    r"alleged(?:ly)?|alleges?|alleging|allegations?|reportedly|suspected|suspects?|suspicions?|believed|believes?|thought to"
    r"|said to|claims?|claimed|accused|accuses?|purported(?:ly)?|unconfirmed|rumou?rs?|feared|fears?"
)
_UNSURE = (
    r"may|might|could|possibly|perhaps|probably|likely|unlikely|expected|expects?|due to|planned|plans?|would|hopes?|aims?"
    r"|intends?|considering|considers?|suggests?|suggested|apparently|appear(?:s|ed)? to|seem(?:s|ed)? to|estimated"
    r"|potential(?:ly)?|up to|as much as|as many as|want(?:s|ed)?"
)
_HEDGES = re.compile(rf"\b(?:{_CLAIMED}|{_UNSURE})\b", re.IGNORECASE)
# What makes a claim as careful as an allegation: somebody who says it.
_SAYS = re.compile(
    r"\b(?:sa(?:id|ys?|ying)|told|according to|argu(?:ed?|es|ing)|call(?:ed|s)|warn(?:ed|s)?|view|opinion|sees?|saw|described?"
    r"|ask(?:ed|s)|deni(?:ed|es)|blam(?:ed|es)|cit(?:ed|es|ing)|put|counted|charge[ds]?|contend(?:ed|s)?|insist(?:ed|s)?"
    r"|maintain(?:ed|s)?)\b",
    re.IGNORECASE,
)
# What leaves a thing as open as its evidence does, in other words.
_OPEN = re.compile(
    r"\b(?:risk|whether|question|unclear|unknown|not clear|possible|possibility|can|will|was to|were to|is to|are to|if|chance"
    r"|predict(?:ed|s)?|forecasts?|scheduled|upcoming|next|prospect|theory|promis(?:ed|es)|offer(?:ed|s)?|propos(?:ed|es|al)"
    r"|threat\w*|estimates?)\b",
    re.IGNORECASE,
)
_NOT = re.compile(
    r"\b(?:not|no(?! (?:fewer|less|more|later|sooner) than)|never|none|nobody|nothing|neither|nor|without|cannot|\w+n't|nie|nicht|kein\w*|ne|pas|jamais|nunca|jamás)\b",
    re.IGNORECASE,
)
# Words that say no without a "not".
_NEGATIVE = re.compile(
    r"\b(?:den(?:y|ied|ies|ying|ial)|refus\w+|reject\w+|declin\w+|fail\w*|lack\w*|unable|un(?:known|aware|clear|likely|confirmed"
    r"|identified|changed|harmed|hurt)|absen\w+|dismiss\w+|rul\w+ out|stop\w*|prevent\w*|avoid\w*|halt\w*|ban\w*|withh\w+"
    r"|little|few|hardly|barely|only|less|instead|rather than|yet to|remain\w*|still|miss\w*|silen\w+|before|until|too early|ever|far from"
    r"|block\w*|veto\w*|stay\w* out|contest\w*|disput\w*|doubt\w*|pend\w*|alone|but|empty|zero|oppos\w+|against|ke(?:ep\w*|pt)\b.{0,60}\bfrom|short of)\b",
    re.IGNORECASE,
)
# "No race has been closer" is a superlative, not a denial.
_MOST = re.compile(r"\b(?:no|never)\b.*\b(?:\w+er|more|less)\b", re.IGNORECASE)
_LEAKED = re.compile(
    r"\[?\b[AR]\d+\.\d+\b\]?|<\/?think|```|\bas an? (?:ai|language model)\b|\bthe (?:cited|given|provided) (?:sentences?|articles?)\b"
    r"|\b(?:json|schema)\b|\bi (?:cannot|can't|am unable)\b|\bthe user\b|\bthis (?:article|statement) (?:discusses|says|is about)\b"
    r"|\bignore (?:all|any|the) (?:previous|prior)\b|\bsystem prompt\b|\{\{|\}\}",
    re.IGNORECASE,
)
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
    cues = [
        c
        for c, careful in ((_CLAIMED, _SAYS), (_UNSURE, _OPEN))
        if not (careful.search(claim.text) or _OPEN.search(claim.text))
    ]
    said = frozenset(stems(claim.text, evidence.bundle.language))
    plainly = _plain_stems(evidence, _HEDGES)
    for sentence, text in zip(evidence.cited, _unquoted(claim, evidence), strict=True):
        for cue in cues:
            for governed in _governed(text, rf"\b(?:{cue})\b", evidence.language_of(sentence)):
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
    match = _LEAKED.search(text)
    if match and fold(match.group()) not in " ".join(evidence.texts):
        yield Finding("W503", f"“{match.group()[:40]}” is no part of a sentence for readers")
    if not text:
        yield Finding("W503", "the sentence is empty")
    elif len(text) > 700:
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
