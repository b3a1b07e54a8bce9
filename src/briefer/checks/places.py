"""F305, N403: a figure, a date or a name that the evidence has, in a place where the evidence has another one.

Most invented figures are real ones moved to another thing: on RAGTruth mere presence finds 39 of the 95 wrong
figures that people marked. So the words around each are compared with the words around every other one of its kind
that the cited sentences hold, the nearer a word the more it counts. Where one that the claim leaves out stands among
the claim's words, and this one does not, the claim has put it in the other's place.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from briefer.briefing import Claim
from briefer.checks.evidence import Evidence, vocabulary_of
from briefer.checks.items import MARKS, STOPS, Item, Thing, items_of
from briefer.checks.name_words import stand_for_one
from briefer.checks.names import is_form, names_of
from briefer.checks.relations import is_told_as_change
from briefer.checks.thesaurus import likeness, near
from briefer.checks.units import matches
from briefer.checks.working import operands
from briefer.figure import Figure
from briefer.findings import Finding
from briefer.memo import memo
from briefer.suggest import within_letters
from briefer.text import fold, plain

# How many content words on either side are a thing's place.
_REACH = 6
# What a word counts for by its distance, beyond a comma or another thing, on the other side, and as a mere relation.
_FADES, _BEYOND, _OTHER_SIDE, _RELATED = 0.7, 0.5, 0.4, 0.7
# How much better another thing must fit the place: at these margins no true sentence of the labelled ones goes wrong.
# What says elsewhere what it counts, and a name or a day, which have more ways to be said, need more.
_MARGIN, _BARE, _DATE, _NAME, _ELSEWHERE, _TWICE = 0.3, 0.65, 0.45, 0.6, 0.5, 0.1
# How many content words on either side are looked at without weights, and what share of them the other must have.
_CLOSE, _LEAST, _MOST_OWN = 3, 3, 1
_FITS = Fraction(3, 4)


# A content stem, how far it is from the thing, on which side, and how many marks or things lie between.
Near = tuple[str, int, bool, int]
Placed = tuple[Thing, tuple[Near, ...]]


def things_in_their_places(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """F305, N403: no other figure, date or name of the cited sentences fits better where this one stands."""
    if claim.kind != "reported" or claim.part == "closing" or not evidence.cited or evidence.foreign:
        return
    names = _without_outlets(names_of(evidence), evidence.bundle.outlets)
    own = items_of(evidence.said, evidence.bundle.language, names, evidence.published)
    said = [item for item in own if isinstance(item, Thing)]
    if not said:
        return
    known = list(_placed(evidence, names))
    used = _used(said, evidence)
    ones = [[placed for placed in known if is_one(mine, placed[0])] for mine in said]
    told = {id(placed) for same in ones for placed in same}
    left_out = [placed for placed in known if placed[0].figure not in used and id(placed) not in told]
    topics = frozenset().union(*(vocabulary_of(fold(s.title)) for s in evidence.sources))
    places = (at for at, item in enumerate(own) if isinstance(item, Thing))
    for at, thing, same in zip(places, said, ones, strict=True):
        # Whom the whole article is about, it calls by a pronoun.
        if (thing.kind == "name" and thing.keys & topics) or _is_left_over(thing, evidence):
            continue
        place = _around(own, at)
        others = [(o, words) for o, words in left_out if _could_stand_for(o, thing)]
        # One count cannot be told of two things: where the claim has it oftener than the evidence, little is enough.
        oftener = (
            sum(o.kind == thing.kind and is_one(thing, o) for o in said) > len(same) > 0 and thing.figure is not None
        )
        other = _of_its_count(place, same, others) if oftener else None
        other = other or _whose(thing, place, same, others, _TWICE if oftener else _margin(thing, same))
        if other and not stand_for_one(thing.raw, other.raw):
            code = "N403" if thing.kind == "name" else "F305"
            yield Finding(code, f"{evidence.where} says this of “{other.raw}”, not of “{thing.raw}”")
            return


def _placed(evidence: Evidence, names: frozenset[str]) -> Iterator[Placed]:
    """Yield the things of the cited sentences, each with the words around it."""
    for sentence in evidence.cited:
        day = evidence.bundle.sources[sentence.source].published
        items = items_of(fold(sentence.text), evidence.language_of(sentence), names, day)
        yield from ((i, _around(items, at)) for at, i in enumerate(items) if isinstance(i, Thing))


@memo(1024)
def _without_outlets(names: frozenset[str], outlets: tuple[str, ...]) -> frozenset[str]:
    return names - {plain(word) for outlet in outlets for word in outlet.split()}


def _is_left_over(thing: Thing, evidence: Evidence) -> bool:
    """Whether a thing counts what is left, or is told as a difference and is one: by chance it is another, too."""
    if thing.raw.startswith("all but"):
        return True
    told = thing.figure and is_told_as_change(thing.figure, evidence.said.casefold())
    return bool(told and thing.figure and any(operands(thing.figure, evidence)))


def _used(said: Sequence[Thing], evidence: Evidence) -> frozenset[Figure]:
    """Return the figures of the evidence that the claim does not tell because it has worked others out of them."""
    own = [t.figure for t in said if t.figure]
    made = [f for f in own if not any(matches(f, k) for k in evidence.figures)]
    return frozenset(f for m in made for of in operands(m, evidence) for f in of)


def _could_stand_for(other: Thing, thing: Thing) -> bool:
    """Whether two things are of one kind; of dates, as fine as each other."""
    if other.kind != thing.kind or thing.kind != "date":
        return other.kind == thing.kind
    return bool({len(k) for k in other.keys} & {len(k) for k in thing.keys})


def _whose(
    thing: Thing, place: tuple[Near, ...], same: list[Placed], others: list[Placed], margin: float
) -> Thing | None:
    """Return the other thing whose place this is, None if it is this one's own or nobody's."""
    if not others or not (same or thing.kind == "name") or any(o.compared for o, _ in same):
        return None
    mine = max((_fit(place, words) for _, words in same), default=0.0)
    theirs, other = max(((_fit(place, words), o) for o, words in others), key=lambda pair: pair[0])
    if theirs - mine > margin:
        # A spelling that differs by a letter is a finding of its own.
        return None if not same and within_letters(plain(thing.raw), map(plain, other.raw.split()), 2) else other
    close = frozenset(word for word, distance, _, _ in place if distance <= _CLOSE)
    if not same or len(close) < _LEAST:
        return None
    held = max(sum(near(w, _stems(words)) > 0 for w in close) for _, words in same)
    for other, words in others:
        count = len(close & _stems(words))
        if thing.kind == "name":
            whole = held == 0 and count == len(close)
        else:
            whole = (held == 0 and count >= _FITS * len(close)) or (held <= _MOST_OWN and count > _LEAST)
        if whole and count >= _LEAST:
            return other
    return None


def _of_its_count(place: tuple[Near, ...], same: list[Placed], others: list[Placed]) -> Thing | None:
    """Return the other figure that counts what stands behind this one, where this one counts something else."""
    if any(_counts_as(place, words) for _, words in same):
        return None
    return next((o for o, words in others if _counts_as(place, words)), None)


def _counts_as(place: tuple[Near, ...], words: tuple[Near, ...]) -> bool:
    """Whether the same word stands right behind two figures: the thing that they count."""
    mine, theirs = ({w for w, far, behind, beyond in n if behind and (far, beyond) == (1, 0)} for n in (place, words))
    return bool(mine & theirs)


def _margin(thing: Thing, same: list[Placed]) -> float:
    if thing.kind == "name":
        return _NAME if same else _ELSEWHERE
    if thing.kind == "date":
        return _DATE
    return _BARE if any(o.bare for o, _ in same) else _MARGIN


def _stems(words: tuple[Near, ...]) -> frozenset[str]:
    return frozenset(word for word, _, _, _ in words)


def is_one(thing: Thing, known: Thing) -> bool:
    """Whether two are one: figures that match, dates of which one is part of the other, names that share a part."""
    if thing.figure and known.figure:
        return matches(thing.figure, known.figure)
    if thing.kind != known.kind:
        return False
    if thing.kind == "date":
        return any(a.startswith(b) or b.startswith(a) for a in thing.keys for b in known.keys)
    return bool(thing.keys & known.keys) or any(is_form(a, b) for a in thing.keys for b in known.keys)


def _around(items: Sequence[Item], at: int) -> tuple[Near, ...]:
    """Return the content stems around an item, within its clause."""
    found: list[Near] = []
    for behind, side in ((True, items[at + 1 :]), (False, items[:at][::-1])):
        distance, beyond = 0, 0
        for item in side:
            if item in STOPS or distance == _REACH:
                break
            if isinstance(item, str) and item not in MARKS:
                distance += 1
                found.append((item, distance, behind, beyond))
            else:
                beyond += 1
    return tuple(found)


def _fit(place: tuple[Near, ...], words: tuple[Near, ...]) -> float:
    """Return how much of a place, 0 to 1, is made of the words around a thing of the evidence."""
    weights = [_weight(distance, beyond) for _, distance, _, beyond in place]
    total = 0.0
    for weight, (word, _, behind, _) in zip(weights, place, strict=True):
        total += weight * max(
            (
                like * _weight(distance, beyond) * (1 if behind == side else _OTHER_SIDE)
                for other, distance, side, beyond in words
                if (like := _likeness(word, other))
            ),
            default=0.0,
        )
    return total / (sum(weights) or 1.0)


def _weight(distance: int, beyond: int) -> float:
    return float(distance**-_FADES * _BEYOND**beyond)


@memo(65536)
def _likeness(a: str, b: str) -> float:
    return 1.0 if a == b else _RELATED * likeness(a, b)
