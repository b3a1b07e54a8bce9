"""What is wrong with prompts, before any money is spent: each finding with its file and line."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from briefer.editing.counts import too_many
from briefer.editing.sentences import sentences
from briefer.editing.wishes import unmet
from briefer.findings import Finding
from briefer.header import HeaderError, split_header
from briefer.prompts import Fault, faults
from briefer.replies import Closing, Reply
from briefer.sections import BY_KEY, Scope
from briefer.text import is_hidden

# Twice the longest shipped prompt. Every call of the section pays for it, and what stands in the middle of a long
# text is followed least (https://arxiv.org/abs/2307.03172).
LONGEST = 7000

_CITING = re.compile(r"\bcit(?:e|es|ed|ing|ations?)\b|\bevidence\b", re.IGNORECASE)
_PLACEHOLDER = re.compile(r"\{\{\s*(\w+)\s*\}\}")
_REPLIES: Mapping[str, type[Reply]] = {**{key: s.reply for key, s in BY_KEY.items()}, "_closing": Closing}


@dataclass(frozen=True, slots=True)
class Noted:
    """A finding on a prompt file; `line` is 1 where it is about the whole file."""

    path: Path
    line: int
    finding: Finding


@dataclass(frozen=True, slots=True)
class Reviewed:
    """What is to be said of a set of prompts: `refused` keeps a run from starting, `noted` does not."""

    refused: tuple[tuple[Path, Fault], ...]
    noted: tuple[Noted, ...]


def review(texts: Mapping[str, tuple[Path, str]]) -> Reviewed:
    """Review prompts, given as name -> file and text."""
    refused = [(path, fault) for name, (path, text) in texts.items() for fault in faults(name, text)]
    noted = [note for name in texts for note in _noted(name, texts)]
    return Reviewed(tuple(refused), tuple(noted))


def _noted(name: str, texts: Mapping[str, tuple[Path, str]]) -> Iterator[Noted]:
    path, text = texts[name]
    said = [*_hidden(text)]
    try:
        headed = split_header(text)
    except HeaderError:  # refused already, and there is no telling where the body begins
        headed = None
    if headed and headed.body.strip():
        said += _of_body(name, headed.body, headed.offset)
        said += [(1, "P006", message) for message in _uncited(name, headed.body, texts)]
    yield from (Noted(path, line, Finding(code, message)) for line, code, message in sorted(said))


def _of_body(name: str, body: str, first_line: int) -> Iterator[tuple[int, str, str]]:
    reply = _REPLIES.get(name)
    for asked in sentences(body, first_line) if name != "_judge" else ():
        if reply:
            yield from ((asked.line, "P002", message) for message in too_many(asked, name, reply))
        yield from ((asked.line, code, message) for code, message in unmet(asked, name, reply))
    for missing in sorted(_useful(name) - set(_PLACEHOLDER.findall(body))):
        yield 1, "P004", f"never uses “{{{{ {missing} }}}}”{_lost(missing)}"
    if len(body) > LONGEST:
        yield (
            1,
            "P007",
            f"has {len(body):,} characters; more than {LONGEST:,} are paid for in every call and followed less",
        )


def _useful(name: str) -> set[str]:
    """Return the placeholders that a prompt may leave out, and hardly should."""
    section = BY_KEY.get(name)
    if section is None:
        return {"_system": {"language"}, "_closing": {"topic"}}.get(name, set())
    return {"topic", "references"} if section.scope is Scope.BACKGROUND else {"topic"}


def _lost(placeholder: str) -> str:
    return {
        "topic": ", so the model is not told which story it is",
        "language": ", so the model is not told which language to write in",
        "references": ", so the desk's references are not shown and cannot be cited",
    }[placeholder]


def _uncited(name: str, body: str, texts: Mapping[str, tuple[Path, str]]) -> Iterator[str]:
    """Yield a message if neither a section's prompt nor the rules that go with it have a word on citing."""
    rules = texts["_system"][1] if "_system" in texts else ""
    if name in _REPLIES and not _CITING.search(body) and not _CITING.search(rules):
        yield "has no word on citing, and _system has none either; a sentence that cites nothing is withheld (C102)"


def _hidden(text: str) -> Iterator[tuple[int, str, str]]:
    for number, line in enumerate(text.replace("\r\n", "\n").replace("\r", "\n").split("\n"), 1):
        found = [(at, char) for at, char in enumerate(line) if is_hidden(char)]
        if found:
            at, char = found[0]
            name = unicodedata.name(char, "a control character").lower()
            more = f", and {len(found) - 1} more" if len(found) > 1 else ""
            message = f"holds an invisible character at column {at + 1}: {name} (U+{ord(char):04X}){more}; delete it"
            yield number, "P005", message
