"""The house standard: what a briefing of a story must say, must quote and must not say, in one file per bundle.

```toml
story = "ferry-grounding"

[[expect]]
must_mention = "112 people were on board"
outlet = "The Harbour Mail"
cites = ["A2.4"]
```
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal, get_args

from briefer.compare.cells import Cell, Cut, Line, quotations
from briefer.compare.matching import carries
from briefer.compare.report import Expected
from briefer.errors import InputError
from briefer.sections import BY_KEY
from briefer.suggest import did_you_mean
from briefer.text import find_exact, fold, one_line, words

Kind = Literal["must_mention", "must_quote", "must_not_say"]
KINDS: tuple[Kind, ...] = get_args(Kind)
_HEAD = ("story", "sha256", "expect")
_KEYS = (*KINDS, "section", "outlet", "cites", "note")
# From here on the words are a sentence that was wrong, and not a phrase that is unwanted.
_SENTENCE = 7
_ALIKE = 0.8


@dataclass(frozen=True, slots=True)
class Expectation:
    """One expectation: `kind` of KINDS, its text, and where it holds ("" for anywhere)."""

    kind: Kind
    text: str
    section: str = ""
    outlet: str = ""
    cites: tuple[str, ...] = ()
    note: str = ""

    def is_held(self, cut: Cut) -> bool:
        """Whether a briefing does what is expected of it."""
        cells = [cell for cell in self._cells(cut) if cell.lines]
        if self.kind == "must_not_say":
            return not any(self._says(line) for cell in cells for line in cell.lines)
        if self.kind == "must_quote":
            return any(
                find_exact(fold(self.text).casefold(), said.casefold()) >= 0 for cell in cells for said in _quoted(cell)
            )
        return any(self._mentions(cell) for cell in cells)

    def applies(self, cut: Cut) -> bool:
        """Whether a briefing has the section and the outlet that this is about."""
        return bool(self._cells(cut))

    def _cells(self, cut: Cut) -> list[Cell]:
        return [
            cell
            for place, cell in cut.by_place.items()
            if self.section in ("", place.section) and self.outlet in ("", place.outlet)
        ]

    def _mentions(self, cell: Cell) -> bool:
        wanted = Line(self.text, frozenset(self.cites), cell.lines[0].language)
        return carries(cell, wanted) and Cell((wanted,)).details.keys() <= cell.details.keys()

    def _says(self, line: Line) -> bool:
        if len(words(self.text)) < _SENTENCE:
            phrase = rf"(?<!\w){re.escape(fold(self.text).casefold())}(?!\w)"
            return bool(re.search(phrase, fold(line.text).casefold()))
        wrong = Line(self.text, frozenset(), line.language)
        both = wrong.stems | line.stems
        alike = len(wrong.stems & line.stems) >= _ALIKE * len(both)
        return alike and Cell((wrong,)).details.keys() == Cell((line,)).details.keys()


def _quoted(cell: Cell) -> Iterator[str]:
    for text in cell.texts:
        yield from quotations(text)


@dataclass(frozen=True, slots=True)
class Standard:
    """The expectations of one file and the story that they are for, by its id or topic or by its SHA-256."""

    path: Path
    story: str
    sha256: str
    expectations: Sequence[Expectation]

    def is_for(self, story: str, sha256: str) -> bool:
        """Whether these are the expectations of a bundle."""
        return self.story == story or bool(self.sha256 and sha256.startswith(self.sha256))


def read_standards(path: Path) -> list[Standard]:
    """Read a file of expectations or a folder of them; InputError (exit 3) with file and field if one is wrong."""
    files = sorted(path.glob("*.toml")) if path.is_dir() else [path]
    if not files:
        raise InputError(f"{path} holds no expectations", hint="they are .toml files, one for each bundle")
    return [_read(file) for file in files]


def _read(file: Path) -> Standard:
    try:
        values = tomllib.loads(file.read_text("utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"{file} cannot be read: {error}", hint="mend it there; docs/prompts.md shows one") from None
    _known(file, values, _HEAD, "")
    story, sha256, entries = values.get("story", ""), values.get("sha256", ""), values.get("expect", [])
    if not (isinstance(story, str) and isinstance(sha256, str) and (story or len(sha256) >= 8)):
        raise InputError(f"{file}: story is missing", hint='write story = "…", as the bundle\'s id or topic has it')
    if not isinstance(entries, list) or not all(isinstance(entry, dict) for entry in entries):
        raise InputError(f"{file}: expect is no list of tables", hint="begin each expectation with [[expect]]")
    return Standard(file, story, sha256, [_expectation(file, n, entry) for n, entry in enumerate(entries, 1)])


def _expectation(file: Path, number: int, entry: Mapping[str, Any]) -> Expectation:
    where = f"expectation {number}"
    _known(file, entry, _KEYS, where)
    kinds = [kind for kind in KINDS if kind in entry]
    if len(kinds) != 1:
        raise InputError(f"{file}: {where} has {len(kinds)} of {', '.join(KINDS)}", hint="write exactly one of them")
    for key, value in entry.items():
        fits = isinstance(value, list) and all(isinstance(v, str) for v in value) if key == "cites" else value
        if not fits or (key != "cites" and not isinstance(value, str)):
            raise InputError(f"{file}: {key} of {where} does not fit", hint=f"write {_FORM.get(key, 'words')}")
    if entry.get("section") and entry["section"] not in BY_KEY:
        known = did_you_mean(entry["section"], BY_KEY)
        raise InputError(f"{file}: {where} names no section of briefer{known}", hint=f"one of {', '.join(BY_KEY)}")
    return Expectation(
        kinds[0], entry[kinds[0]], entry.get("section", ""), entry.get("outlet", ""),
        tuple(entry.get("cites", ())), entry.get("note", ""),
    )  # fmt: skip


_FORM = {"cites": 'a list of sentence ids, as in ["A2.4"]'}


def _known(file: Path, values: Mapping[str, Any], known: Sequence[str], where: str) -> None:
    for key in values:
        if key not in known:
            at = f" in {where}" if where else ""
            raise InputError(
                f"{file}: “{one_line(key)[:40]}”{at} is no field{did_you_mean(key, known)}",
                hint=f"the fields are {', '.join(known)}",
            )


def of_bundle(standards: Sequence[Standard], story: str, sha256: str) -> list[Expectation]:
    """Return what is expected of a bundle."""
    return [e for s in standards if s.is_for(story, sha256) for e in s.expectations]


def held_by(story: str, wanted: Expectation, cuts: tuple[Sequence[Cut], Sequence[Cut]]) -> Expected | None:
    """Return in how many old and new runs an expectation is held; None if none of them has the section or outlet."""
    old, new = ([wanted.is_held(cut) for cut in side if wanted.applies(cut)] for side in cuts)
    if not old or not new:
        return None
    return Expected(
        story=story,
        kind=wanted.kind,
        text=one_line(wanted.text),
        section=wanted.section or None,
        outlet=wanted.outlet or None,
        note=one_line(wanted.note),
        old_held=sum(old),
        old_runs=len(old),
        new_held=sum(new),
        new_runs=len(new),
    )
