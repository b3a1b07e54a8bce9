"""W502: does the claim say up where its evidence says down, lawful where it says unlawful, yes where it says no?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from briefer.briefing import Claim
from briefer.bundle import Sentence
from briefer.checks.denials import OPERATOR, clauses
from briefer.checks.evidence import Evidence
from briefer.checks.polarity import counts_a_part, is_ahead
from briefer.findings import Finding
from briefer.memo import memo
from briefer.stems import stem, stems
from briefer.text import fold, plain, words

# Words of which one cannot stand for the other: those of one side, and those of the other.
_OPPOSITES = """
    rise increase climb grow jump surge gain raise soar leap rebound swell
        / fall decrease drop decline shrink slump lose lower cut slip dip slide plunge tumble reduce slash dwindle
    double triple / halve
    strengthen / weaken
    widen / narrow
    lengthen / shorten
    convict guilty sentence jail / acquit innocent
    north northern / south southern
    east eastern / west western
    change alter cut raise lower reduce increase downgrade upgrade / unchanged
    lift scrap annul quash cancel overturn / uphold
    include / exclude
    open / close shut
    majority / minority
    public / private
    inside / outside
    legal / illegal
    import / export
    pass / fail
    hire / fire
    upstream / downstream
    ally / enemy
    early / late
    success succeed victory / failure defeat
    arrive enter / depart
    tighten / loosen relax
    improve / worsen deteriorate
    accelerate / decelerate slow
    deficit / surplus
    profit / loss
    maximum / minimum
    positive / negative
    optimistic / pessimistic
    temporary / permanent
    voluntary / compulsory mandatory
    domestic / foreign
    expensive dear / cheap
    strong / weak
    heavy / light
    present / absent
    true correct / false wrong
    asset / liability debt
    ascend / descend
"""
# Of these one side may do the one and the other side the other, so that the sentences must be alike on both sides.
_STANCES = """
    accept agree approve endorse welcome / reject refuse decline dismiss oppose veto spurn rebuff
    admit acknowledge concede confirm accept / deny dispute contradict reject refute rebut
    agree concur / disagree contradict differ quarrel
    allow permit let authorise authorize / ban forbid prohibit bar block
    support favour favor / oppose
    win / lose
    older / younger
    higher / lower
    faster / slower
    better / worse
    keep retain preserve / drop abandon scrap discard
    begin start launch / end finish stop halt
    join / quit
    advance / retreat
    hire appoint / sack dismiss
    praise / criticise criticize condemn
"""


@dataclass(frozen=True, slots=True)
class _Side:
    """A word's own side and the other one.

    `alone` says that what stands around it need be alike on one hand only, `now` that both must be told as done:
    what is undecided will be decided.
    """

    mine: frozenset[str]
    theirs: frozenset[str]
    alone: bool
    now: bool = False


def _sides_of(table: str, alone: bool) -> Iterator[_Side]:
    for line in re.sub(r"\n\s*/", " /", table).strip().splitlines():
        mine, theirs = (frozenset(map(stem, side.split())) for side in line.split("/"))
        yield from (_Side(mine, theirs, alone), _Side(theirs, mine, alone))


_SIDES: dict[str, list[_Side]] = {}
for _side in (*_sides_of(_OPPOSITES, alone=True), *_sides_of(_STANCES, alone=False)):
    for _word in _side.mine:
        _SIDES.setdefault(_word, []).append(_side)
# Below so many letters "un" is no prefix: unless, under.
_SHORT = 4
# Opposites stand for each other beside the same words, this many places away.
_BESIDE = 4
_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non")
# A name is no opposite of anything: Lower Marsh, the West Bank.
_NAME = re.compile(r"(?<=[\w,;] )[A-Z][\w'-]*")
# What is open until May closes in May.
_UNTIL = re.compile(r"\W*(?:\w+ ){0,2}(?:until|till|up to)\b", re.IGNORECASE)


def direction_is_kept(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """W502: where the evidence says fell, rejected or unlawful the claim does not say rose, accepted or lawful."""
    if claim.kind == "extract" or evidence.foreign:
        return
    found = next(_opposed(evidence), None)
    if found and not any(map(counts_a_part, (evidence.said, *evidence.texts))):
        yield Finding("W502", f"the sentence says “{found[0]}” where the evidence says “{found[1]}”")


def _opposed(evidence: Evidence) -> Iterator[tuple[str, str]]:
    """Yield words of the claim with the opposites that stand in the evidence in their places."""
    language = evidence.bundle.language
    own, common = stems(evidence.said, language), frozenset(stems(_NAME.sub(" ", evidence.said), language))
    forms = {stem(w, language): plain(w) for w in words(evidence.said)}
    known = frozenset().union(*map(_plain_words, evidence.texts))
    for at, word in enumerate(own):
        for side in _sides(word, forms.get(word, ""), known) if word in common else ():
            if not (side.mine & evidence.nearby_stems or side.theirs & set(own)):
                yield from ((word, other) for other in _in_place_of(own, at, side, evidence))


@memo(8192)
def _plain_words(text: str) -> frozenset[str]:
    return frozenset(map(plain, words(text)))


def _in_place_of(own: tuple[str, ...], at: int, side: _Side, evidence: Evidence) -> Iterator[str]:
    """Yield the words of the other side that stand in the evidence as a word does in the claim."""
    for sentence, text in zip(evidence.cited, evidence.texts, strict=True):
        told = stems(text, evidence.language_of(sentence))
        for place in (i for i, other in enumerate(told) if other in side.theirs):
            if not _are_alike(own, at, told, place, side.alone):
                continue
            if side.alone and not _is_most_like(own, told[place], sentence, evidence):
                continue
            done = _told(evidence.said, own[at])
            if done is not None and done == _told(text, told[place]) and (done or not side.now):
                yield told[place]


def _sides(word: str, form: str, known: frozenset[str]) -> Iterator[_Side]:
    """Yield the sides on which a stem stands; those by un-, in- or dis- are made of whole words that are known."""
    yield from _SIDES.get(word, ())
    made = [p + form for p in _PREFIXES] + [form.removeprefix(p) for p in _PREFIXES if form.startswith(p)]
    others = frozenset(stem(other) for other in made if other in known and min(len(other), len(form)) > _SHORT)
    if others:
        yield _Side(frozenset({word}), others, alone=True, now=True)


def _are_alike(own: tuple[str, ...], at: int, told: tuple[str, ...], place: int, alone: bool) -> bool:
    """Whether two words stand beside a common word, or between common words."""
    before = {*own[max(0, at - _BESIDE) : at]}, {*told[max(0, place - _BESIDE) : place]}
    after = {*own[at + 1 : at + 1 + _BESIDE]}, {*told[place + 1 : place + 1 + _BESIDE]}
    if alone:
        return bool((before[0] | after[0]) & (before[1] | after[1]) - {own[at], told[place]})
    ends = not after[1] and at > 0 and place > 0 and own[at - 1] == told[place - 1]  # the firm denies it
    return ends or bool(before[0] & before[1] and after[0] & after[1])


def _is_most_like(own: tuple[str, ...], other: str, sentence: Sentence, evidence: Evidence) -> bool:
    """Whether no cited clause has more of the claim's words than one with the opposite."""
    said, with_it, without = frozenset(own), 0, 0
    for cited, text in zip(evidence.cited, evidence.texts, strict=True):
        for clause in clauses(text):
            known = stems(clause, evidence.language_of(cited))
            if cited is sentence and other in known:
                with_it = max(with_it, len(said & set(known)))
            else:
                without = max(without, len(said & set(known)))
    return with_it >= without


def _told(text: str, word: str) -> bool | None:
    """Whether a word is told as done, False where it is to come; None behind a denial, before "until" and in a name."""
    for clause in clauses(fold(text)):
        for match in re.finditer(r"[\w'-]+", _NAME.sub(lambda name: "_" * len(name.group()), clause)):
            if word in stems(f"to {match.group()}"):
                ahead, behind = clause[: match.start()], clause[match.end() :] + fold(text).partition(clause)[2]
                denied = any(cue.end() <= match.start() for cue in OPERATOR.finditer(clause))
                return None if denied or _UNTIL.match(behind) else not is_ahead(ahead)
    return None
