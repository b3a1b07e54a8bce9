"""F305, N403: a figure or a name that the evidence has, in a place where the evidence has another one.

Most invented figures are real ones moved to another thing: on RAGTruth mere presence finds 39 of the 95 wrong
figures that people marked. So the words around each are compared with the words around every figure, or name, that
the cited sentences hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from briefer.briefing import Claim
from briefer.checks.evidence import Evidence
from briefer.checks.names import names_of, same_seat
from briefer.checks.thesaurus import near
from briefer.dates import blank, mentions
from briefer.figures import figures
from briefer.findings import Finding
from briefer.memo import memo
from briefer.stems import FUNCTION_WORDS, stem
from briefer.text import fold, plain

_TOKEN = re.compile(r"[^\W_]+(?:['.,-][^\W_]+)*|[;:.!?]")
STOPS = frozenset(";:.!?")
# How many content words around it are a thing's place in the claim, and in the evidence.
_IN_CLAIM, _IN_EVIDENCE = 3, 6
# The share of those words that the other thing must have around it, this thing at most one of them.
_FITS = Fraction(3, 4)
_LEAST = 3
_MOST_OWN = 1


@dataclass(frozen=True, slots=True)
class Thing:
    """A name, by its parts, or a figure, by its value; `kind` says which things could stand in its place."""

    kind: str
    keys: frozenset[str]
    raw: str


Item = Thing | str


def things_in_their_places(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """F305, N403: no other figure or name of the cited sentences stands among the words that this one stands among."""
    if claim.kind != "reported" or claim.part == "closing" or not evidence.cited or evidence.foreign:
        return
    outlets = {plain(w) for o in evidence.bundle.outlets for w in o.split()}
    names = names_of(evidence) - outlets
    published = next((s.published for s in evidence.sources if s.published), None)
    own = items_of(evidence.said, evidence.bundle.language, names, published)
    said = frozenset(key for item in own if isinstance(item, Thing) for key in item.keys)
    known = []
    for sentence in evidence.cited:
        day = evidence.bundle.sources[sentence.source].published
        items = items_of(fold(sentence.text), evidence.language_of(sentence), names, day)
        known += [(i, _around(items, at, _IN_EVIDENCE)) for at, i in enumerate(items) if isinstance(i, Thing)]
    for at, thing in enumerate(own):
        if not isinstance(thing, Thing):
            continue
        around = _around(own, at, _IN_CLAIM)
        same = [words for other, words in known if other.kind == thing.kind and _same(other, thing.keys)]
        others = [
            (o, words)
            for o, words in known
            if o.kind == thing.kind and len(around & words) >= _LEAST and not _same(o, thing.keys | said)
        ]
        if not same or not others or len(around) < _LEAST:
            continue
        mine = max(sum(near(w, words) > 0 for w in around) for words in same)
        for other, words in others:
            if not same_seat(thing.raw, other.raw) and _is_others(thing, mine, len(around & words), len(around)):
                code = "N403" if thing.kind == "name" else "F305"
                yield Finding(code, f"{evidence.where} says this of “{other.raw}”, not of “{thing.raw}”")
                return


def _same(thing: Thing, keys: frozenset[str]) -> bool:
    """Whether a thing is one of those with these keys; May and 21 May are one date for that."""
    if thing.kind != "date":
        return bool(thing.keys & keys)
    return any(a.startswith(b) or b.startswith(a) for a in thing.keys for b in keys)


def _is_others(thing: Thing, own: int, others: int, all_: int) -> bool:
    """Whether a place is another thing's: all of it for a name, which has more ways to be said, most for a figure."""
    if thing.kind == "name":
        return own == 0 and others == all_
    return (own == 0 and others >= _FITS * all_) or (own <= _MOST_OWN and others > _LEAST)


@memo(8192)
def items_of(text: str, language: str, names: frozenset[str], published: date | None) -> tuple[Item, ...]:
    """Return the content stems, names, figures and dates of folded text in order, and a stop where a clause ends."""
    marked = blank(text)
    counted = [
        (f.start, f.end, Thing(f.unit or "number", frozenset({str(f.value)}), f.raw)) for f in figures(marked, language)
    ]
    counted += [
        (m.start, m.end, Thing("date", frozenset(d.iso() or m.raw for d in m.days), m.raw))
        for m in mentions(text, published)
    ]
    found: list[Item] = []
    met: set[Thing] = set()
    for match in _TOKEN.finditer(text):
        word = match.group()
        thing = next((thing for start, end, thing in counted if start <= match.start() < end), None)
        if thing:
            found += [thing] if thing not in met else []
            met.add(thing)
            continue
        low = plain(word).removesuffix("'s").rstrip("'")
        if word in STOPS or low in FUNCTION_WORDS:
            found += [word] if word in STOPS else []
        elif word[0].isupper() and low in names:
            last = found[-1] if found else None
            if isinstance(last, Thing) and last.kind == "name" and text[: match.start()].endswith(f"{last.raw} "):
                found[-1] = Thing("name", last.keys | {low}, f"{last.raw} {word}")
            else:
                found.append(Thing("name", frozenset({low}), word))
        else:
            found.append(stem(word, language[:2]))
    return tuple(found)


def _around(items: tuple[Item, ...], at: int, reach: int) -> frozenset[str]:
    """Return up to `reach` content stems on either side of an item, within its clause."""
    found: set[str] = set()
    for side in (items[at + 1 :], items[:at][::-1]):
        count = 0
        for item in side:
            if item in STOPS or count == reach:
                break
            if isinstance(item, str):
                found.add(item)
                count += 1
    return frozenset(found)
