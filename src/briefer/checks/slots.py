"""N403, W502: a name, or a "not", between the evidence's words where the evidence has another name, or says it.

Two people of one surname, two firms of one trade: each name is in the article, so that presence finds nothing. Between
words that the claim shares with a cited sentence in their order one name must not give way to another, and no "not"
stand where the sentence has none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from briefer.briefing import Claim
from briefer.checks.clauses import DENIAL
from briefer.checks.evidence import Evidence, vocabulary_of
from briefer.checks.lexicon import QUOTED
from briefer.checks.name_words import UNNAMING, stand_for_one
from briefer.checks.names import is_form, missing_names
from briefer.checks.polarity import counts_a_part
from briefer.findings import Finding
from briefer.memo import memo
from briefer.stems import FUNCTION_WORDS, stem
from briefer.text import bare, fold, words

# How many words right before and behind a name are the same. On 62 labelled stories two found five wrong names that
# nothing else finds, and one true one, a people for its country.
_AROUND = 2
# How many words around a "not" are the same, one of them at least on each side. On the same stories one true sentence
# in 4,678 is like that: "four of the eleven had not", of eleven of whom seven had.
_BESIDE = 6
_HELPING = r"(?:do|does|did|is|are|was|were|has|have|had|will|would|can|could|must|should|may|might|be|been)"
_NOT = re.compile(rf"(?:{_HELPING} )?(?:not|never|cannot|\w+n't|no longer)", re.IGNORECASE)
_NOTHING_ELSE = re.compile(rf"(?:{_HELPING}|ordered| |to)*", re.IGNORECASE)
_AS_GOOD_AS_NOT = re.compile(r"\b(?:unless|first|latest|last|record|except)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Slot:
    """What a claim and a sentence have in each other's place, and how many words before and behind are the same."""

    mine: tuple[str, ...]
    theirs: tuple[str, ...]
    before: int
    behind: int


def names_keep_their_slots(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """N403: no name of the claim that its cited sentences do not have stands in the place of one that they have."""
    if claim.kind == "extract" or claim.part == "closing" or not evidence.cited or evidence.foreign:
        return
    cited = frozenset().union(*map(vocabulary_of, evidence.texts))
    own = words(evidence.said)
    strange = frozenset(w for w in own[1:] if _is_name(w) and bare(w) not in cited)
    if not strange:
        return
    said = frozenset(map(bare, own))
    for sentence, text in zip(evidence.cited, evidence.texts, strict=True):
        first = next(iter(words(text)), "")
        for slot in _slots(evidence.said, text):
            if len(slot.mine) != 1 or len(slot.theirs) != 1 or slot.before + slot.behind < _AROUND:
                continue
            mine, theirs = slot.mine[0], slot.theirs[0]
            named = mine in strange and _is_name(theirs) and theirs != first and bare(theirs) not in said
            # A name that no cited article has is N401's.
            if named and not _are_one(mine, theirs) and not missing_names(f"x {mine}", evidence):
                yield Finding("N403", f"{sentence.id} says this of “{theirs}”, not of “{mine}”")
                return


def no_not_is_put_in(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """W502: no cited sentence says word for word, but for a "not", what the claim denies."""
    text = QUOTED.sub('"', evidence.said)
    if claim.kind == "extract" or evidence.foreign or not DENIAL.search(text) or counts_a_part(text):
        return
    denied = {_key(w) for m in DENIAL.finditer(text) for w in words(text[m.end() :])[:2]}
    for sentence, known in zip(evidence.cited, evidence.texts, strict=True):
        # What is so for the first time, or unless something else is, may be told with a "not".
        if denied.isdisjoint(_keys(known)) or _AS_GOOD_AS_NOT.search(known):
            continue
        for slot in _slots(text, QUOTED.sub('"', known)):
            near = min(slot.before, slot.behind) > 0 and slot.before + slot.behind >= _BESIDE
            if near and _NOT.fullmatch(" ".join(slot.mine)) and _NOTHING_ELSE.fullmatch(" ".join(slot.theirs)):
                yield Finding("W502", f"{sentence.id} says this without “{' '.join(slot.mine)}”")
                return


def _slots(text: str, other: str) -> Iterator[Slot]:
    """Yield where two texts differ between words that are the same."""
    own, known = words(text), words(other)
    steps = SequenceMatcher(None, _keys(text), _keys(other), autojunk=False).get_opcodes()
    around = [end - start if way == "equal" else 0 for way, start, end, _, _ in steps]
    for at, (way, i, j, k, m) in enumerate(steps):
        if way != "equal":
            before, behind = around[at - 1] if at else 0, around[at + 1] if at + 1 < len(around) else 0
            yield Slot(tuple(own[i:j]), tuple(known[k:m]), before, behind)


@memo(8192)
def _keys(text: str) -> tuple[str, ...]:
    return tuple(map(_key, words(text)))


def _key(word: str) -> str:
    low = bare(word)
    return low if low in FUNCTION_WORDS else stem(low)


def _is_name(word: str) -> bool:
    return word[0].isupper() and bare(word) not in UNNAMING


def _are_one(mine: str, theirs: str) -> bool:
    a, b = bare(mine), bare(theirs)
    return is_form(a, b) or a[:4] == b[:4] or stand_for_one(fold(mine), fold(theirs))
