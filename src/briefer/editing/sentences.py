"""A prompt's own sentences: where they stand, what in them is an example, and what in them is denied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

# Examples show what a reply looks like; they ask for nothing.
_EXAMPLE = re.compile(
    r"\s*(?:[-*>]\s*)?[*_]{0,2}(?:good|bad|right|wrong|better|examples?|for example|e\.g\.)\b[^:]*:", re.IGNORECASE
)
_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
_END = re.compile(r"(?<=[.!?;])[*_”\")]*\s+")
# A denial reaches to all of "no bold, no lists" and "do not round, convert or add up", but not past a "but", nor
# to what a condition is for: "if no figure is given, …".
_TURN = re.compile(r"[:;–—]|\b(?:but|instead|rather)\b|^\s*(?:if|where|when|unless)\b[^,]*,", re.IGNORECASE)
_DENIAL = re.compile(
    r"\b(?:not|never|no|nor|neither|none|without|cannot|avoid|skip|refrain|unless|leave out|stays? out)\b|n['’]t\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """One sentence of a prompt: its line in the file, its words, and the words without what is quoted."""

    line: int
    text: str
    bare: str

    def denied(self, start: int, end: int) -> bool:
        """Whether a denial stands before the words from `start` to `end` and still holds where they end."""
        before = self.text[:start]
        turns = [turn.end() for turn in _TURN.finditer(before)]
        holds = _DENIAL.search(before[turns[-1] if turns else 0 :])
        return bool(holds) and not _TURN.search(self.text, start, end)


def sentences(body: str, first_line: int) -> Iterator[Asked]:
    """Yield the sentences of a prompt's body that ask for something; examples are left out."""
    for line, text in enumerate(body.split("\n"), first_line):
        if _EXAMPLE.match(text):
            continue
        for sentence in _END.split(text):
            if sentence.strip():
                # As long as before, so that a place in one is a place in the other.
                bare = _QUOTED.sub(lambda match: "“" + " " * (len(match[0]) - 2) + "”", sentence)
                yield Asked(line, sentence, bare)
