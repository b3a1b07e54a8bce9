"""What was edited in the prompts, and the words that the edit names."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator, Sequence

from briefer.compare.report import PromptChange
from briefer.prompts import Prompts
from briefer.text import fold

_QUOTED = re.compile(r"[“\"‘`]([^“”\"‘’`\n]{2,40})[”\"’`]")
_MOST = 20


def edits_between(old: Prompts | None, new: Prompts | None) -> Iterator[PromptChange]:
    """Yield the prompts that differ, line by line; nothing where a side's prompts are not at hand."""
    if old is None or new is None:
        return
    for name, was in old.by_name.items():
        now = new.by_name[name]
        if was.id == now.id:
            continue
        compared = difflib.ndiff(was.body.splitlines(), now.body.splitlines())
        lines = tuple((line[0], line[2:]) for line in compared if line[0] in " +-")
        yield PromptChange(name=name, old=was.id, new=now.id, lines=lines)


def named_phrases(edits: Sequence[PromptChange]) -> list[str]:
    """Return the words that an edit names between quotation marks: it is asked about them whether it worked."""
    said = {mark: {fold(q).casefold() for text in _lines(edits, mark) for q in _QUOTED.findall(text)} for mark in "+-"}
    found = said["+"] ^ said["-"]  # what stands in both lines was not edited
    return sorted(words for words in found if any(c.isalpha() for c in words))[:_MOST]


def _lines(edits: Sequence[PromptChange], mark: str) -> list[str]:
    return [text for edit in edits for sign, text in edit.lines if sign == mark]
