"""Words that stand for each other in English: a small thesaurus, out of WordNet 3.0, looked up on disk.

The file is sorted by stem and read where it lies: loading it whole would cost more than proving a briefing.
Each line: stem, kin, broader words, opposites, whether it is a name's stem too; made by benchmarks/fit/thesaurus.py.
"""

from __future__ import annotations

import mmap
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from briefer.memo import memo

_FILE = Path(__file__).with_name("thesaurus.txt")
# How many bytes of the file are looked through for a line.
_BLOCK = 2048


@dataclass(frozen=True, slots=True)
class Entry:
    """What one stem is to others: same or derived meaning, broader meaning, opposite meaning.

    `name` is not empty where a name has the same stem: Paris and "paries".
    """

    kin: frozenset[str] = frozenset()
    broader: frozenset[str] = frozenset()
    opposite: frozenset[str] = frozenset()
    name: frozenset[str] = frozenset()


@memo(65536)
def entry(stem: str) -> Entry | None:
    """Return the entry of an English stem, None for a word that the thesaurus does not have."""
    text, wanted = _text(), stem.encode()
    # The last of the places whose line is not beyond the stem: its line, if there is one, ends before the next.
    place = _BLOCK * (bisect_right(range(0, len(text), _BLOCK), wanted, key=_stem_at) - 1)
    if place < 0 or not stem.isprintable():
        return None
    lines = b"\n" + text[text.rfind(b"\n", 0, place) + 1 : place + _BLOCK]
    at = lines.find(b"\n%b\t" % wanted) + 1
    if not at:
        return Entry() if b"\n%b\n" % wanted in lines else None
    _, *parts = lines[at : lines.index(b"\n", at)].decode("ascii").split("\t")
    return Entry(*(frozenset(part.split()) for part in parts))


@memo(2048)
def _stem_at(place: int) -> bytes:
    """Return the stem of the line at this place; all searches begin with the same few."""
    text = _text()
    start = text.rfind(b"\n", 0, place) + 1
    return text[start : text.find(b"\n", place)].partition(b"\t")[0]


def is_word(stem: str) -> bool:
    """Whether a stem is that of a common English word, and of no name."""
    found = entry(stem)
    return found is not None and not found.name


def near(stem: str, pool: frozenset[str]) -> float:
    """How far `pool`, stems of the evidence, carries a stem: 1 itself, 0.7 kin, 0.5 broader or narrower, 0 not.

    A form that no suffix rule joins shares its first letters: 0.9.
    """
    held = same(stem, pool)
    own = entry(stem)
    if held or own is None:
        return held
    return 0.5 if own.broader & pool or stem in _broader(pool) else 0.0


def same(stem: str, pool: frozenset[str]) -> float:
    """How far a pool has the stem itself or one of its meaning, as `near` counts it; 0 where it has neither."""
    if stem in pool:
        return 1.0
    if len(stem) > 5 and _begins_alike(stem, _listed(pool)):
        return 0.9
    own = entry(stem)
    return 0.7 if own and own.kin & pool else 0.0


def held(wanted: Iterable[str], pool: frozenset[str]) -> int:
    """Return how many stems a pool has, or has one of the same meaning of."""
    return sum(same(w, pool) > 0 for w in wanted)


def likeness(stem: str, other: str) -> float:
    """How far one stem carries another, as `near` counts it."""
    if stem == other:
        return 1.0
    if _begins_alike(stem, f"\n{other}"):
        return 0.9
    own, its = entry(stem), entry(other)
    if own is None:
        return 0.0
    if other in own.kin:
        return 0.7
    return 0.5 if other in own.broader or (its and stem in its.broader) else 0.0


def _begins_alike(stem: str, listed: str) -> bool:
    """Whether one of some stems, with a line break before each, begins as a long stem does."""
    return len(stem) > 5 and f"\n{stem[: max(5, len(stem) - 3)]}" in listed


@memo(4096)
def _broader(pool: frozenset[str]) -> frozenset[str]:
    """Return the broader words of all stems of a pool."""
    return frozenset().union(*(found.broader for found in map(entry, pool) if found))


@memo(4096)
def _listed(pool: frozenset[str]) -> str:
    """Return the stems of a pool as one text, a line break before each: the quickest to be searched for a beginning."""
    return "".join(f"\n{stem}" for stem in pool)


@cache
def _text() -> mmap.mmap:
    with _FILE.open("rb") as file:
        return mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
