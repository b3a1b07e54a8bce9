"""Which words changed between two texts, line by line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

_TOKEN = re.compile(r"\n|[^\S\n]+|\w+|[^\w\s]")
Mark = Literal["same", "old", "new"]
Span = tuple[Mark, str]


@dataclass(frozen=True, slots=True)
class Changed:
    """Neighbouring lines that differ: `line` is where they begin in the new text, `spans` are all of their words."""

    line: int
    spans: tuple[Span, ...]


def changes(old: str, new: str) -> list[Changed]:
    """Return the places where two texts differ; lines that are the same in both are left out."""
    before, after = old.split("\n"), new.split("\n")
    found = []
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if tag != "equal":
            found.append(Changed(c + 1, tuple(_words("\n".join(before[a:b]), "\n".join(after[c:d])))))
    return found


def first_change(old: str, new: str) -> str:
    """Return the first line of the new text that is not in the old one's place; "" if the texts are the same."""
    found = changes(old, new)
    if not found:
        return ""
    lines = "".join(text for mark, text in found[0].spans if mark != "old").split("\n")
    gone = "".join(text for mark, text in found[0].spans if mark == "old").strip()
    return next((line for line in lines if line.strip()), f"(taken out) {gone}").strip()


def _words(old: str, new: str) -> Iterator[Span]:
    a, b = _TOKEN.findall(old), _TOKEN.findall(new)
    spans: list[tuple[str, str]] = []
    for tag, i, j, k, m in SequenceMatcher(_is_space, a, b, autojunk=False).get_opcodes():
        gone, come = "".join(a[i:j]), "".join(b[k:m])
        # A space between two changed words is no reason to cut them apart.
        joins = tag != "equal" or (gone.isspace() and "\n" not in gone)
        if joins and spans and spans[-1][0] != spans[-1][1]:
            spans[-1] = (spans[-1][0] + gone, spans[-1][1] + come)
        else:
            spans.append((gone, come))
    for gone, come in spans:
        if gone == come:
            yield "same", gone
            continue
        if gone:
            yield "old", gone
        if come:
            yield "new", come


def _is_space(token: str) -> bool:
    """Whether a token is only matched beside others: a space is like any other space."""
    return token.isspace() and token != "\n"


def shortened(spans: Sequence[Span], around: int) -> Iterator[Span]:
    """Yield the spans with long stretches of unchanged words cut to `around` characters beside a change."""
    for at, (mark, text) in enumerate(spans):
        if mark != "same" or len(text) <= 2 * around + 20:
            yield mark, text
            continue
        head = text[:around].rsplit(" ", 1)[0] if at else ""
        tail = text[-around:].split(" ", 1)[-1] if at < len(spans) - 1 else ""
        yield "same", f"{head} … {tail}" if head and tail else f"{head} …" if head else f"… {tail}"
