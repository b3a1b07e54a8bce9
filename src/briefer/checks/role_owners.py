"""N402: is what stands with a role in the claim, whose it is and of what, what stands with it in the evidence?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefer.checks.evidence import Evidence
from briefer.checks.lexicon import QUOTED
from briefer.checks.names import names_of
from briefer.checks.role_parts import Part
from briefer.checks.role_phrases import Role
from briefer.checks.role_words import BODIES, GENERIC, OFFICES, ONCE, RANKS, ROLE_STEMS, alike
from briefer.checks.thesaurus import near
from briefer.memo import memo
from briefer.stems import stem, stems
from briefer.text import fold, plain

_IN_BRACKETS = re.compile(r"\([A-Z]{2,6}\)")
# Of which country or town these are an article seldom says beside the name.
_OF_A_PLACE = frozenset(
    map(
        stem,
        "minister mayor president premier chancellor governor ambassador king queen mp lawmaker councillor".split(),
    )
)
_SHORT = re.compile(r"((?:[\w'-]+ ){1,7})\(([A-Z]{2,6})\)")


def stands_elsewhere(role: Role, own: list[Role], evidence: Evidence) -> Part | None:
    """Return a part of the claim's role that no sentence on the person has.

    Whose he is must be told of him word for word; of his field one word is enough, and any if the article gives none.
    """
    if not role.parts:
        return None
    told = _told_of(role.surname, evidence)
    short = _abbreviations(" ".join(s.folded for s in evidence.sources))
    told |= {w for s in told & short.keys() for w in short[s]}
    for part in role.parts:
        if _are_short(part, told):
            continue
        wanted = {w for s in part.stems for w in (s, *short.get(s, ()))} - GENERIC - ROLE_STEMS - set(stems(role.name))
        wanted = {w for w in wanted if not w[0].isdigit()}
        rival = any(_has_such(known, part, wanted) for known in own)
        if wanted and rival and not any(near(w, told) for w in wanted):
            return part
        if part.whose and any(_is_untold(w, role, told, evidence) for w in _distinct(part, role, short)):
            return part
    return None


def _distinct(part: Part, role: Role, short: dict[str, tuple[str, ...]]) -> Iterator[str]:
    """Yield the stems of an owner that tell it from others: Holm of the Holm bank, the pupils of their union."""
    common = GENERIC | OFFICES | BODIES | short.keys() | set(stems(role.name))
    return (w for w in part.stems if w not in common and not w[0].isdigit())


def _is_untold(word: str, role: Role, told: frozenset[str], evidence: Evidence) -> bool:
    """Whether a stem is told of others only: a word that no article has may be the claim's own for what they say."""
    if near(word, told) or any(alike(word, w) for w in told | evidence.stems):
        return False
    names = frozenset(map(stem, names_of(evidence)))
    return role.head not in _OF_A_PLACE if word in names else any(word in stems(s.folded) for s in evidence.context)


def _has_such(known: Role, part: Part, wanted: set[str]) -> bool:
    """Whether the article's role has such a part too: an owner for an owner, a field for a field."""
    if any(p.whose is part.whose and not set(p.stems) & wanted and set(p.stems) - GENERIC for p in known.parts):
        return True
    return any(w != known.head and w not in RANKS | ONCE | ROLE_STEMS | GENERIC for w in known.words) and not part.whose


def _told_of(surname: str, evidence: Evidence) -> frozenset[str]:
    """The stems of the sentences on a person, and of the one before, which "its" and "their" point to."""
    found: set[str] = set()
    for source in evidence.sources:
        before = ""
        for sentence in source.sentences:
            text = QUOTED.sub(" ", fold(sentence.text))
            if surname in plain(text):
                found.update(stems(text), stems(before))
            before = text
    return frozenset(found)


@memo(256)
def _abbreviations(text: str) -> dict[str, tuple[str, ...]]:
    """Return what short names in brackets stand for: "Orrin Transit Board (OTB)", in stems."""
    found = {}
    for words, short in _SHORT.findall(text) if _IN_BRACKETS.search(text) else ():
        spelt = [w for w in words.split() if w[0].isupper() or w in ("of", "for", "and")][-len(short) - 2 :]
        found[stem(short)] = tuple(stems(" ".join(spelt)))
    return found


def _are_short(part: Part, told: frozenset[str]) -> bool:
    """Whether the article has the initials of a part's words: WRCU for World Road Cycling Union."""
    initials = sorted(s[0] for s in part.stems)
    return len(initials) > 1 and any(sorted(w) == initials for w in told)
