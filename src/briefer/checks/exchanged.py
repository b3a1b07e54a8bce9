"""N404, F305: two names, or two figures, that stand in each other's place.

The claim is laid beside each cited sentence as it is and with the two exchanged. Where the exchanged one follows the
sentence word for word and the claim does not, the claim tells who did it to whom the wrong way round. What is told in
other words or in another order is not seen: that needs a parser, or the judge.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import combinations

from briefer.briefing import Claim
from briefer.checks.actors import ACTORS
from briefer.checks.evidence import Evidence
from briefer.checks.items import MARKS, Item, Thing, items_of
from briefer.checks.names import names_of
from briefer.checks.role_words import ROLE_STEMS
from briefer.findings import Finding
from briefer.stems import stem
from briefer.text import fold, words

# What two do together may be told from either side.
_TOGETHER = frozenset(
    map(
        stem,
        """meet talk speak agree join marry play fight clash differ deal negotiate discuss merge share border trade sign
        confer split draw debate quarrel compete argue cooperate correspond embrace""".split(),
    )
)
# How many words more the exchanged claim must have in the sentence's order, and what share of its words then follow it.
_GAIN, _FOLLOWS = 2, Fraction(7, 10)
# A role so many words at the most between two names says who is whose.
_NAMED_BY = 4


def none_are_exchanged(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """N404, F305: no cited sentence says the same with two names or figures the other way round."""
    if claim.kind != "reported" or claim.part == "closing" or evidence.foreign:
        return
    names = names_of(evidence)
    own = _plain(evidence.said, evidence.bundle.language, names)
    acting = (item for item in dict.fromkeys(own) if isinstance(item, Thing) or item in ACTORS)
    pairs = [(a, b) for a, b in combinations(acting, 2) if _alike(a, b)]
    # A meeting is a thing; who met is two.
    if not pairs or any(stem(w) in _TOGETHER for w in words(evidence.said) if not w.endswith("ing")):
        return
    for sentence in evidence.cited:
        known = _plain(fold(sentence.text), evidence.language_of(sentence), names)
        if _held(own, known) < _FOLLOWS * len(own):
            continue  # in no order does the claim follow it
        places = {item: frozenset(at for at, other in enumerate(known) if _same(item, other)) for item in own}
        follows = _in_order(own, places, len(known))
        for a, b in pairs:
            swapped = [b if item == a else a if item == b else item for item in own]
            better = _in_order(swapped, places, len(known))
            if better - follows < _GAIN or better < _FOLLOWS * len(own) or _turned(a, b, evidence.said, sentence.text):
                continue
            if any(_of_one_another(a, b, items) for items in (own, known)):
                continue
            code = "F305" if isinstance(a, Thing) and a.kind != "name" else "N404"
            yield Finding(code, f"{sentence.id} has “{_shown(a)}” and “{_shown(b)}” the other way round")
            return


def _plain(text: str, language: str, names: frozenset[str]) -> list[Item]:
    return [item for item in items_of(text, language, names, None) if item not in MARKS]


def _alike(a: Item, b: Item) -> bool:
    """Whether two items could stand in each other's place: two who act, or two figures of one unit."""
    if isinstance(a, str) or isinstance(b, str):
        return a in ACTORS and b in ACTORS
    return a.kind == b.kind != "date" and not a.keys & b.keys


def _of_one_another(a: Item, b: Item, items: Sequence[Item]) -> bool:
    """Whether one is named by the other, "the ferry line's spokesman, Rolf Aske": that may be told from either side."""
    places = [(i, j) for i, x in enumerate(items) for j, y in enumerate(items) if _same(x, a) and _same(y, b)]
    between = (items[min(i, j) + 1 : max(i, j)] for i, j in places if abs(i - j) <= _NAMED_BY)
    return any(ROLE_STEMS.intersection(x for x in part if isinstance(x, str)) for part in between)


def _turned(a: Item, b: Item, *texts: str) -> bool:
    """Whether one of the two texts is in the passive voice and the other is not: hit by A, A hit."""
    by = rf"\bby (?:the |an? )?(?:\w+ )?(?:{'|'.join(re.escape(_shown(i)) for i in (a, b))})"
    first, second = (re.search(by, fold(text), re.IGNORECASE) is not None for text in texts)
    return first != second


def _shown(item: Item) -> str:
    return item.raw if isinstance(item, Thing) else item


def _held(own: Sequence[Item], known: Sequence[Item]) -> int:
    """Return how many items of one text stand in the other at all."""
    told = {w for w in known if isinstance(w, str)}
    keys = {(i.kind, key) for i in known if isinstance(i, Thing) for key in i.keys}
    return sum(i in told if isinstance(i, str) else any((i.kind, key) in keys for key in i.keys) for i in own)


def _in_order(own: Sequence[Item], places: Mapping[Item, frozenset[int]], length: int) -> int:
    """Return the length of the longest common subsequence with a text of so many items, by their places in it."""
    best = [0] * (length + 1)
    for item in own:
        # From behind, so that no item counts twice; an item makes one more out of the best before each of its places.
        for at in sorted(places[item], reverse=True):
            more = best[at] + 1
            for after in range(at + 1, length + 1):
                if best[after] >= more:
                    break
                best[after] = more
    return best[-1]


def _same(a: Item, b: Item) -> bool:
    if isinstance(a, Thing) and isinstance(b, Thing):
        return a.kind == b.kind and bool(a.keys & b.keys)
    return a == b
