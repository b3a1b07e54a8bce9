"""N404, F305: two who act, or two figures, each told what the evidence tells of the other.

Every other item of the claim is a vote. One that stands nearer to A than to B, both in the claim and in the evidence,
says that they are where they belong; one that stands nearer to A here and to B there says that they are exchanged.
Near is: in the same clause, then in the same sentence. Only where both have changed sides, and next to nothing has
stayed, is it a finding: 4,000 by the police's count and 2,500 by the union's, where it was the other way round.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

from briefer.briefing import Claim
from briefer.checks.actors import ACTORS
from briefer.checks.evidence import Evidence
from briefer.checks.items import MARKS, Item, Thing, items_of
from briefer.checks.names import names_of
from briefer.checks.places import is_one
from briefer.checks.units import compatible, matches
from briefer.findings import Finding
from briefer.stems import stem
from briefer.text import fold, words

# What ends a sentence, as far as who is told what goes; any other mark ends a clause.
_ENDS = frozenset(";!?")
_TWO = 2
# What stands oftener in the evidence belongs to nobody.
_OFTEN = 3
# What an item counts for: a name, a figure or an actor, and any other word.
_HEAVY, _LIGHT = 2, 1
# How much must have changed sides in all, and how many times what has stayed.
_LEAST, _TIMES = 4, 4

_FAR = 100  # clauses between two sentences

Place = tuple[int, int]  # the number of a sentence and of a clause in it
_Placed = tuple[Item, Place, bool]  # and whether the item leads its clause


@dataclass(frozen=True, slots=True)
class _Held:
    """An item that the claim has once: its place there, those in the evidence, and whether it leads a clause in both.

    Who acts leads a clause when nobody stands before in it.
    """

    item: Item
    own: Place
    known: tuple[Place, ...]
    leads: bool


def told_crosswise(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """N404, F305: what the evidence tells of one the claim does not tell of another, and the reverse."""
    if claim.kind != "reported" or claim.part == "closing" or not evidence.cited or evidence.foreign:
        return
    held = _held(evidence)
    told = (h for h in held if h.leads or (isinstance(h.item, Thing) and h.item.figure))
    for a, b in combinations(told, 2):
        figures = _are_figures(a, b)
        if (figures or _are_actors(a, b)) and _are_exchanged(a, b, held, figures=figures):
            code = "F305" if figures else "N404"
            one, other = (_shown(h.item, evidence.said) for h in (a, b))
            yield Finding(code, f"{evidence.where} tells this of “{one}” and “{other}” the other way round")
            return


def _held(evidence: Evidence) -> list[_Held]:
    """Return the items that claim and evidence share, without those that either has too often."""
    names, language = names_of(evidence), evidence.bundle.language
    own = _placed([(evidence.said, language)], names)
    if sum(leads or (isinstance(item, Thing) and item.figure is not None) for item, _, leads in own) < _TWO:
        return []
    known = _placed([(fold(s.text), evidence.language_of(s)) for s in evidence.cited], names)
    found = []
    for item, place, leads in own:
        same = _of(item, known)
        if 0 < len(same) <= _OFTEN and len(_of(item, own)) == 1:
            leading = leads and any(leads_there for _, _, leads_there in same)
            found.append(_Held(item, place, tuple(there for _, there, _ in same), leading))
    return found


def _of(item: Item, placed: Sequence[_Placed]) -> list[_Placed]:
    """Return where an item stands: the word itself, or a thing that is one with it."""
    if isinstance(item, Thing):
        return [other for other in placed if isinstance(other[0], Thing) and is_one(item, other[0])]
    return [other for other in placed if other[0] == item]


def _placed(texts: Sequence[tuple[str, str]], names: frozenset[str]) -> list[_Placed]:
    """Return the items of folded texts with their languages, where each stands, and whether it leads its clause."""
    found, sentence, clause = [], 0, 0
    for text, language in texts:
        led = False
        for item in items_of(text, language, names, None):
            if item in MARKS:
                sentence, clause = (sentence + 1, 0) if item in _ENDS else (sentence, clause + 1)
                led = False
                continue
            acts = _acts(item)
            found.append((item, (sentence, clause), acts and not led))
            led = led or acts
        sentence, clause = sentence + 1, 0
    return found


def _are_figures(a: _Held, b: _Held) -> bool:
    """Whether two are figures of one unit, in two clauses here and there."""
    figures = [h.item.figure for h in (a, b) if isinstance(h.item, Thing) and h.item.figure]
    return len(figures) == 2 and compatible(*figures) and not matches(*figures) and _are_apart(a, b)


def _are_actors(a: _Held, b: _Held) -> bool:
    """Whether two act, each at the head of a clause of its own."""
    if isinstance(a.item, str) and isinstance(b.item, str) and a.item[:4] == b.item[:4]:
        return False  # the minister's ministry
    return _acts(a.item) and _acts(b.item) and a.leads and b.leads and _are_apart(a, b)


def _are_apart(a: _Held, b: _Held) -> bool:
    return a.own != b.own and not {*a.known} & {*b.known}


def _are_exchanged(a: _Held, b: _Held, held: Sequence[_Held], *, figures: bool) -> bool:
    """Whether items on both sides have changed sides, and next to nothing has stayed."""
    moved, stayed = [0, 0], 0
    for other in held:
        # Of two figures only those who give them say whose they are.
        if other is a or other is b or (figures and not _acts(other.item)):
            continue
        here = _apart([other.own], [a.own], finely=True) - _apart([other.own], [b.own], finely=True)
        there = _apart(other.known, a.known) - _apart(other.known, b.known)
        weight = _HEAVY if isinstance(other.item, Thing) or _acts(other.item) else _LIGHT
        if here * there < 0:
            moved[here > 0] += weight
        elif here * there > 0:
            stayed += weight
    if figures:
        return min(moved) >= _HEAVY and not stayed
    return min(moved) > 0 and sum(moved) >= _LEAST and sum(moved) > _TIMES * stayed


def _apart(some: Sequence[Place], others: Sequence[Place], *, finely: bool = False) -> int:
    """Return how far apart places are: 0 in one clause, 1 in one sentence, else 2; `finely` counts the clauses."""
    far = min(abs(a[1] - b[1]) if a[0] == b[0] else _FAR + abs(a[0] - b[0]) for a in some for b in others)
    return far if finely else min(far, 1) if far < _FAR else 2


def _acts(item: Item) -> bool:
    return item.kind == "name" if isinstance(item, Thing) else item in ACTORS


def _shown(item: Item, text: str) -> str:
    """Return an item as a folded text has it."""
    return item.raw if isinstance(item, Thing) else next((w for w in words(text) if stem(w) == item), item)
