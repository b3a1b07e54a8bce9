"""What stands with a role in a text: whose it is, and its field."""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefer.checks.thesaurus import is_word
from briefer.stems import stem, stems

# Whose somebody is: the names before "'s", or behind "of" and "for"; or one who has a role himself: the mayor's.
_OWNER = re.compile(r"((?:[A-Z][\w&-]+ ){0,3}[\w-]+)'s (?=[^']*$)")
_WHOSE = re.compile(
    r"(?:^|\b(?:the|an?|and|said|says|by|with|to|of) |[,.;:\"] )"
    r"((?:(?!(?:the|an?)\b)[\w&-]+ ){0,4}[\w&-]+)'s (?:\w+ ){0,2}$"
)
IS_WHOSE = re.compile(
    r"(?:the|an?|its|his|her|their|\w+ of the) |[A-Z]|(?:one|two|three|four|five|six|seven|eight|nine|ten|\d+) "
)
END_OF_NP = (
    r"(?:who|which|that|whom|whose|and|but|said|says|is|was|has|had|will|would|on|in|since|until|when|where|to|told"
    r"|called|by|as|at|for|from|with|of|before|after|during|wants?|spoke|speaks)\b"
)
_COMPLEMENT = re.compile(
    r" ?(?P<link>in charge of|responsible for|of|for|at|from|with) "
    rf"(?P<np>(?!{END_OF_NP})[\w&'-]+(?: (?!{END_OF_NP})[\w&'-]+){{0,5}})"
)
_OF_OWNER = re.compile(r"\b(?:of|for) (?:the )?((?:[A-Z][\w&-]+ ?)+)")


@dataclass(frozen=True, slots=True)
class Part:
    """What stands with a role: whose it is ("the bank's", "at the bank") or its field ("of cargo"), in stems."""

    whose: bool
    stems: tuple[str, ...]


def owner_of(text: str, start: int, cut: str) -> str:
    """Return whose the role at `start` is, as the text says it: "the bank's", "of Lindow"; "" where it does not."""
    before = _OWNER.search(text[max(0, start - 40) : start])
    behind = _OF_OWNER.match(text, start + len(cut) + 1)
    return (before[1] if before else behind[1].strip() if behind else "").removeprefix("The ")


def parts_of(text: str, start: int, cut: str) -> tuple[Part, ...]:
    """Return what stands with the role at `start` in the text, before and behind it."""
    found = []
    if before := _WHOSE.search(text[max(0, start - 60) : start]):
        found.append(Part(True, tuple(stems(before[1]))))
    names = [w for w in cut.split()[:-1] if w[0].isupper() and (w.isupper() or not is_word(stem(w)))]
    if names and len(names[0]) > 1 and cut.split()[-1].islower():
        found.append(Part(True, tuple(stems(" ".join(names)))))
    at = start + len(cut)
    while behind := _COMPLEMENT.match(text, at):
        noun = behind["np"]
        found.append(
            Part(behind["link"] in ("at", "from", "with") or IS_WHOSE.match(noun) is not None, tuple(stems(noun)))
        )
        at = behind.end()
    return tuple(part for part in found if part.stems)
