"""Whom a sentence of prose credits, and with what: "The Harbour Courier reports that …", "…, the Ledger says"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import pairwise

from briefer.credit_words import COUNTED, GOES_ON, HERE, NOT_READ, NUMBERS, PHRASES, SAYS
from briefer.mastheads import Masthead, Mention, level_of
from briefer.stems import stems
from briefer.text import one_line

# What may stand between the names of "the Courier, the Ledger and the Voice".
_AND = re.compile(r"\s*(?:,|,? ?(?:and|or|as well as|along with)|&|/)\s*")
# Where a sentence that credits two outlets with two things is cut: "…, while the Ledger …".
_CUT = re.compile(r";\s*|,?\s+(?:while|whereas|but|although|though)\s+|,\s+and\s+|[,:—]\s*(?=ꙮ)")


@dataclass(frozen=True, slots=True)
class Credit:
    """What a sentence, or a part of it, says and whom it credits: `least` of `outlets` must have it.

    `alone`: nobody else is said to have it. `together`: each has a part of it. `unknown`: the bundle lacks them.
    """

    text: str
    outlets: tuple[str, ...] = ()
    least: int = 0
    alone: bool = False
    together: bool = False
    unknown: tuple[str, ...] = ()
    unread: bool = False


def credits_in(text: str, names: Masthead, before: tuple[str, ...] = ()) -> tuple[Credit, ...]:
    """Return whom `text` credits with what; `before`: whom the sentence before it credits."""
    level = level_of(text)
    if NOT_READ.search(level):
        return (Credit(text, unread=True),)
    known = [*names.mentions(level), *_counted(level, before, names.outlets)]
    unknown = [u for u in names.strangers(level) if not any(k.start < u.end and u.start < k.end for k in known)]
    groups = _grouped(_apart(sorted([*known, *unknown], key=_at)), level)
    if not groups:
        return (Credit(text),)
    return _filled([_credit(*part) for part in _cut(text, level, groups)])


def _counted(level: str, before: tuple[str, ...], every: tuple[str, ...]) -> Iterator[Mention]:
    """Yield what speaks of all outlets, of both, of most, of three; or of whom the sentence before names."""
    if before and (m := GOES_ON.match(level)) and (len(before) == 2 or not m["two"]):
        yield Mention(m.start(1), m.end(1), before)
    for m in (m for m in COUNTED.finditer(level) if _credited(level, m.start(), m.end())):
        both = (m["all"] or "").lower() == "both"
        named = before if both and len(before) == 2 else every
        yield Mention(m.start(), m.end(), named, () if not both or len(named) == 2 else (m.group(),))


def _credit(text: str, level: str, group: Mention) -> Credit:
    counted = COUNTED.search(level[group.start : group.end])
    least = _least(counted, len(group.outlets)) if counted else len(group.outlets)
    start = re.search(r"\b(?:only|exclusively)\s+(?:in |by )?$", level[: group.start], re.I)
    after = re.match(r",? alone\b", level[group.end :])
    begin = start.start() if start else group.start
    end = group.end + (after.end() if after else 0)
    masked = f"{text[:begin]}{HERE}{text[end:]}"
    return Credit(_without(masked), group.outlets, least, bool(start or after), group.several, group.unknown)


def _credited(level: str, start: int, end: int) -> bool:
    """Whether what stands there is said to say something."""
    return bool(re.match(rf"\s+{SAYS}\b", level[end:]) or re.search(r"\b(?:to|by|in) $", level[:start]))


def _at(mention: Mention) -> tuple[int, int]:
    return mention.start, -mention.end


def _apart(mentions: list[Mention]) -> list[Mention]:
    """Drop what lies inside of a longer name."""
    kept: list[Mention] = []
    for mention in mentions:
        if not kept or mention.start >= kept[-1].end:
            kept.append(mention)
    return kept


def _grouped(mentions: list[Mention], level: str) -> list[Mention]:
    """Join "the Courier, the Ledger and the Voice" into one mention."""
    groups: list[Mention] = []
    for m in mentions:
        last = groups[-1] if groups else None
        joint = level[last.end : m.start] if last else "."
        if last and (_AND.fullmatch(joint) or (joint == "; " and level[: last.start].endswith(("(", "[")))):
            outlets = tuple(dict.fromkeys((*last.outlets, *m.outlets)))
            groups[-1] = Mention(last.start, m.end, outlets, (*last.unknown, *m.unknown))
        else:
            groups.append(m)
    return groups


def _cut(text: str, level: str, groups: list[Mention]) -> Iterator[tuple[str, str, Mention]]:
    """Cut a sentence between its credits; where that cannot be done, all that it names must have it together."""
    masked = list(level)
    for group in groups:
        masked[group.start : group.end] = HERE * (group.end - group.start)
    cuts = [_last_cut("".join(masked), a.end, b.start) for a, b in pairwise(groups)]
    edges = [(0, 0), *(c for c in cuts if c), (len(text), len(text))]
    for (_, start), (end, _) in pairwise(edges):
        here = [g for g in groups if start <= g.start < end]
        part, shown = text[start:end], level[start:end]
        for group in here[1:]:  # a second name in one part: blanked, and it must have the part as well
            part = part[: group.start - start] + " " * (group.end - group.start) + part[group.end - start :]
        outlets = tuple(dict.fromkeys(o for g in here for o in g.outlets))
        unknown = tuple(u for g in here for u in g.unknown)
        yield part, shown, Mention(here[0].start - start, here[0].end - start, outlets, unknown, len(here) > 1)


def _filled(parts: list[Credit]) -> tuple[Credit, ...]:
    """Join a part that only names outlets ("Like the Courier, …", "…, the Ledger says") to the one beside it."""
    filled: list[Credit] = []
    for at, part in enumerate(parts):
        if part.text or len(parts) == 1:
            filled.append(part)
            continue
        beside = filled.pop() if filled else parts.pop(at + 1)
        outlets = tuple(dict.fromkeys((*beside.outlets, *part.outlets)))
        unknown = (*beside.unknown, *part.unknown)
        filled.append(replace(beside, outlets=outlets, least=len(outlets), together=True, unknown=unknown))
    return tuple(filled)


def _last_cut(masked: str, start: int, end: int) -> tuple[int, int] | None:
    found = [m for m in _CUT.finditer(masked, start, min(len(masked), end + 1)) if m.end() <= end]
    strong = [m for m in found if m.group().strip() not in (",", ":", "—")] or found
    return (strong[-1].start(), strong[-1].end()) if strong else None


def _least(counted: re.Match[str], total: int) -> int:
    word = (counted["all"] or "").lower()
    if word == "most":
        return total // 2 + 1
    if word == "several":
        return 3
    number = counted["n"] or counted["some"]
    return total if not number else NUMBERS.get(number.lower()) or int(number)


def _without(masked: str) -> str:
    """Return the text without the names and the words that credit them; all of it where nothing else is said."""
    text = masked
    for phrase in PHRASES:
        text = phrase.sub(" ", text)
    text = re.sub(rf"(?:\b[Tt]he )?{HERE}(?:['’]s)?", " ", text)
    text = re.sub(r"\s*(?:,\s*)*([.,;:!?])", r"\1", one_line(text)).strip(" ,;:—–-")
    return text if stems(text) else ""
