"""W502: does the claim say yes where its evidence says no, or up where it says down?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefer.briefing import Claim
from briefer.checks.clauses import (
    CLAUSE_END,
    DENIAL,
    Governed,
    carries,
    governed_by,
    is_all_of_it,
    plain_stems,
    unquoted,
)
from briefer.checks.evidence import Evidence
from briefer.checks.lexicon import DENIES, NEGATIVE, NOT, any_of
from briefer.checks.units import matches
from briefer.dates import blank
from briefer.figures import figures
from briefer.findings import Finding
from briefer.stems import stem, stems
from briefer.text import fold, plain, words

_NEGATIVE = any_of(NEGATIVE)
_DENYING = any_of(NOT, DENIES)
_FAILING = any_of(NOT, DENIES, r"unless fail\w* lack\w* without prevent\w* block\w* halt\w* avoid\w*")
_JOINED = re.compile(r"\s(?:and|but)\s|,\s(?=(?:an?|the|it|they|he|she|this|these)\s)")
# "Took no view" denies in a claim what it does not deny in the evidence: there it says what somebody did not do.
_NOT_WHAT = re.compile(r"\b(not|cannot|never|no|\w+n't) (\w+)")
_NO_VIEW = re.compile(r"\bno (?:opinion|view|answer|preference)\b", re.IGNORECASE)
# Of these only what follows is denied: who votes against a plan denies nothing of himself.
_ONWARD = frozenset({"against"})
# "No race has been closer" is a superlative, not a denial.
_MOST = re.compile(r"\b(?:no(?! longer)|never)\b.*\b(?:\w+er|more|less)\b", re.IGNORECASE)
# What denies in a claim beyond doubt: "neither candidate" and "without a doctor" may say a positive thing.
_CLAIM_NOT = (
    r"\b(?:not|cannot|never|\w+n't"
    r"|no(?! (?:(?:fewer|less|more|later|sooner) than|confidence)|-(?:fly|deal|confidence)))\b"
)
_PAIRS = {
    stem(a): frozenset({stem(b)})
    for pair in """
    accept/reject approve/reject allow/ban open/close include/exclude support/oppose win/lose public/private
    guilty/innocent majority/minority inside/outside legal/illegal import/export buy/sell lend/borrow pass/fail
    hire/fire upstream/downstream above/below ally/enemy early/late first/last success/failure arrive/depart
    confirm/deny strengthen/weaken widen/narrow lengthen/shorten increase/decrease raise/lower
    """.split()
    for a, b in (pair.split("/"), pair.split("/")[::-1])
}
# Below so many letters "un" is no prefix: unless, under. Opposites stand beside words this many places away.
_SHORT, _BESIDE = 4, 2
# The same for rose and fell, which stand further from what rose or fell.
_REACH = 4
_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non")
# What is declined or refused, before what was asked for.
_ASKED = frozenset(map(stem, "request offer proposal bid application invitation plea call motion demand".split()))
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


def negation_is_kept(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """W502: a not, no or never stands on both sides or on neither."""
    if claim.kind == "extract" or evidence.foreign:
        return
    text, language = fold(claim.text), evidence.bundle.language
    said = frozenset(stems(text, language))
    plainly = plain_stems(evidence, _DENYING)
    for sentence, known in zip(evidence.cited, unquoted(claim, evidence), strict=True):
        for governed in governed_by(known, _DENYING.pattern, evidence.language_of(sentence)):
            told = _says_what(said, governed, plainly) or is_all_of_it(said, governed, known)
            if told and not _denied(governed, text, language, evidence):
                yield Finding("W502", f"{sentence.id} says “{governed.cue}” of this, the sentence does not")
                return
    for governed in governed_by(text, _CLAIM_NOT, language):
        if _MOST.search(text) or _is_denied_alike(governed.cue, text, evidence):
            continue
        if not _told_plainly(governed, evidence) or _counts_the_rest(evidence):
            continue
        yield Finding("W502", f"the sentence says “{governed.cue}”, its evidence does not")
        return


def _is_denied_alike(cue: str, text: str, evidence: Evidence) -> bool:
    """Whether the evidence denies the very next word too: who "did not say why" it was takes it that it was."""
    following = {m[2] for m in _NOT_WHAT.finditer(text) if m[1] == cue}
    return any(m[2] in following for t in evidence.texts for m in _NOT_WHAT.finditer(t))


def _counts_the_rest(evidence: Evidence) -> bool:
    """Whether the claim counts what the evidence does not: "eleven of 14 did not" where it has three that did.

    That such a figure follows from the evidence is held on its own (F301).
    """
    counted = figures(blank(evidence.said), evidence.bundle.language)
    return any(f.unit in ("", "%") and not any(matches(f, k) for k in evidence.figures) for f in counted)


def _denied(governed: Governed, text: str, language: str, evidence: Evidence) -> bool:
    """Whether the claim denies what the evidence denies: with a word of its own, beside the words that it is about."""
    # A word like "stoppage" that the claim shares with its evidence denies nothing.
    shared = " ".join(evidence.texts).casefold()
    about = {*governed.stems[:3], governed.before}
    for clause in CLAUSE_END.split(text.replace('"', "")):
        for match in (*DENIAL.finditer(clause), *_NEGATIVE.finditer(clause), *_NO_VIEW.finditer(clause)):
            word = match.group().casefold()
            own = set(stems(word, language))
            back = 1 if DENIAL.fullmatch(word) else 4
            after = _JOINED.split(clause[match.end() :])[0]
            ahead = stems(clause[: match.start()], language)[-back:] if word not in _ONWARD else ()
            near = {*ahead, *stems(after, language)[:5]}
            if own & set(governed.stems[:3]) or (not near & about and (len(near) > 1 or word in _ONWARD)):
                continue
            if DENIAL.fullmatch(word) or word not in shared or governed.cue.casefold().startswith(word):
                return True
    return False


def _says_what(said: frozenset[str], governed: Governed, plainly: frozenset[str]) -> bool:
    """Whether the claim says what a denial governs: most of it, or its first word with one beside it."""
    if carries(said, governed, plainly):
        return True
    first = [s for s in governed.stems if s not in _ASKED][:3]
    beside = {*first[1:], governed.before} - plainly
    return bool(first) and first[0] in said - plainly and bool(beside & said)


def _told_plainly(governed: Governed, evidence: Evidence) -> bool:
    """Whether a cited clause says without a denial what the claim denies, and none near it denies it."""
    first, beside = governed.stems[:1], {*governed.stems[1:3], governed.before}
    plain_one = False
    for sentence in (*evidence.cited, *evidence.neighbours):
        whole = fold(sentence.text)
        denied = DENIAL.search(whole) is not None
        for clause in CLAUSE_END.split(whole):
            own = set(stems(clause, evidence.language_of(sentence)))
            if denied or _FAILING.search(clause):
                if own.issuperset(first) or len(own & beside) > 1:
                    return False
            elif own.issuperset(first) and own & beside and sentence in evidence.cited:
                plain_one = True
    return plain_one and bool(first)


def direction_is_kept(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """W502: where the evidence says fell or unlawful the claim does not say rose or lawful."""
    if claim.kind == "extract" or evidence.foreign:
        return
    said = frozenset(stems(evidence.said, evidence.bundle.language))
    for ups, downs in _OPPOSITES:
        for mine, theirs in ((ups, downs), (downs, ups)):
            told, meant = mine & said, theirs & evidence.stems
            if not told or not meant or mine & evidence.nearby_stems or theirs & said:
                continue
            if _beside_the_same(told, meant, evidence):
                yield Finding("W502", f"the sentence says “{min(told)}” where the evidence says “{min(meant)}”")
                return
    yield from _said_otherwise(claim, evidence)


def _beside_the_same(told: frozenset[str], meant: frozenset[str], evidence: Evidence) -> bool:
    """Whether "rose" in the claim and "fell" in the evidence stand beside a common word: shares rose, shares fell."""
    own = stems(evidence.said, evidence.bundle.language)
    beside = {w for at, word in enumerate(own) if word in told for w in own[max(0, at - _REACH) : at + 1 + _REACH]}
    known = (stems(s.text, evidence.language_of(s)) for s in evidence.cited)
    return any(
        beside & {*sentence[max(0, at - _REACH) : at + 1 + _REACH]} - told - meant
        for sentence in known
        for at, word in enumerate(sentence)
        if word in meant
    )


def _said_otherwise(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """A word of the claim whose opposite stands in the evidence in its place: beside the same words, nothing denied."""
    if DENIAL.search(fold(claim.text)) or any(DENIAL.search(t) for t in evidence.texts):
        return
    told = {plain(w) for w in words(evidence.said)}
    known = {plain(w) for t in evidence.texts for w in words(t)}
    for word in sorted(told - known):
        other = word.removeprefix("un") if word.startswith("un") else f"un{word}"
        if other in known - told and min(len(word), len(other)) > _SHORT:
            yield Finding("W502", f"the sentence says “{word}” where the evidence says “{other}”")
            return
    own = stems(evidence.said, evidence.bundle.language)
    for at, word in enumerate(own):
        others = _opposites(word) & evidence.stems if word not in evidence.nearby_stems else frozenset()
        beside = {*own[max(0, at - _BESIDE) : at], *own[at + 1 : at + 1 + _BESIDE]}
        for other in sorted(others - set(own)):
            if any(_stands_by(other, beside, stems(s.text, evidence.language_of(s))) for s in evidence.cited):
                yield Finding("W502", f"the sentence says “{word}” where the evidence says “{other}”")
                return


def _stands_by(word: str, beside: set[str], known: tuple[str, ...]) -> bool:
    return any(
        w == word and beside & {*known[max(0, at - _BESIDE) : at], *known[at + 1 : at + 1 + _BESIDE]}
        for at, w in enumerate(known)
    )


def _opposites(word: str) -> frozenset[str]:
    """The stems that say the opposite of a stem: by un-, in-, dis-, or from the list.

    A dictionary's opposites, tried on two stories, stopped one true sentence in twenty: lives lost, bodies found.
    """
    made = {p + word for p in _PREFIXES if len(word) > _SHORT}
    made |= {word[len(p) :] for p in _PREFIXES if word.startswith(p) and len(word) > len(p) + _SHORT}
    return frozenset(made) | _PAIRS.get(word, frozenset())
