"""Whether a text says that a thing is so or denies it."""

from __future__ import annotations

import re

from briefer.checks.clauses import DENIAL
from briefer.checks.denials import JOINED, NEGATIVES, OPERATOR, SUPPOSED, Denied, clauses
from briefer.checks.lexicon import IMPLIED, any_of
from briefer.memo import memo
from briefer.stems import stems

_REJECTS = any_of(
    "den(?:y|ied|ies|ying|ials?) reject\\w* dismiss\\w* disput\\w* contradict\\w* contest\\w* false untrue"
)
# What the claim says of a part of them, the evidence may say of the others.
_PART = re.compile(
    r"\b(?:one|none|some|half|most|all but \w+|only \w+"
    r"|[\w-]*(?:thirds?|quarters?|(?:fif|six|seven|eigh|nin|ten)ths?)(?: or \w+)?) of\b"
    r"|\bthe (?:only|others?|rest|remaining)\b",
    re.IGNORECASE,
)
_LAST = re.compile(
    r"\b(?:not|never|neither|none|\w+n't)\W*$"
    r"|\b(?:not?|never|\w+n't|declin\w+|refus\w+) (?:\w+ ){0,4}do(?:ing)? (?:so|that|it)\b",
    re.IGNORECASE,
)
# Close behind such a word a thing is still to come, or wanted.
_AHEAD = re.compile(
    r"\b(?:will|would|shall|may|might|could|can|cannot|plan\w*|expect\w*|hop(?:es?|ed|ing)|wants?|wanted|seek\w*"
    r"|sought|aim\w*|intend\w*|due|ask\w*|demand\w*|urg\w+|call\w* (?:for|on)|tr(?:y|ied|ies|ying)|fight\w*|fought"
    r"|propos\w+|promis\w+|offer\w*|need\w*|must|right to|effort\w*|likely|careful)\b",
    re.IGNORECASE,
)
# A word denies what stands so near before it; what is wanted stands so near behind the word that says so.
_REACH, _SOON = 4, 6
_IMPLIED = any_of(IMPLIED)


def rejects(text: str) -> bool:
    """Whether a text says that somebody denies something: a rumour which she denied."""
    return _REJECTS.search(text) is not None


@memo(16384)
def counts_a_part(text: str) -> bool:
    """Whether a text speaks of some of them, so that it may be told by the others."""
    return _PART.search(text) is not None


@memo(16384)
def trails_off(text: str) -> bool:
    """Whether a text denies something that it does not say again: she says that she did not."""
    return any(_LAST.search(part) for part in clauses(text))


@memo(16384)
def denies(clause: str) -> bool:
    """Whether a clause has a word that denies something."""
    return bool(DENIAL.search(clause) or NEGATIVES.search(clause))


def says_no(text: str) -> bool:
    """Whether a text says no in whatever way: stayed shut, kept quiet, left it open."""
    return denies(text) or _IMPLIED.search(text) is not None


def denied_in(clause: str, denied: Denied, language: str) -> bool:
    """Whether a clause denies that word itself: by a word near it that does not stand beside the other denial, too."""
    if denied.whole and DENIAL.search(clause):
        return True
    before, word, after = _around(clause, denied.head, language)
    near, behind = JOINED.split(before)[-1], JOINED.split(after)[0].removeprefix(" against")
    reach = len(" ".join(behind.split(" ")[:_REACH]))
    if any(m.start() < reach for m in OPERATOR.finditer(behind)) or OPERATOR.search(near):
        return True
    beside = frozenset(stems(denied.clause, language)) - frozenset(stems(denied.cue, language))
    found = [m.group() for m in NEGATIVES.finditer(near)]
    found += [m.group() for m in NEGATIVES.finditer(f"{word}{behind}") if m.start() < len(word) + reach]
    return any(not (own := stems(one, language)) or not beside.issuperset(own) for one in found)


def asserts(clause: str, denied: Denied, language: str) -> bool:
    """Whether a clause says that a thing is so; what is still to come only where the denial speaks of that, too."""
    before, _, _ = _around(clause, denied.head, language)
    return not SUPPOSED.search(before) and (not is_ahead(before) or _AHEAD.search(denied.clause) is not None)


def is_ahead(before: str) -> bool:
    """Whether what follows these words is still to come, or wanted."""
    return _AHEAD.search(" ".join(JOINED.split(before)[-1].split()[-_SOON:])) is not None


def _around(clause: str, head: str, language: str) -> tuple[str, str, str]:
    """Split a clause at the first word of a stem."""
    for match in re.finditer(r"[\w'-]+", clause):
        if head in stems(f"to {match.group()}", language):
            return clause[: match.start()], match.group(), clause[match.end() :]
    return clause, "", ""
