"""Saves of prompt files, told apart from half-written ones.

The files are looked at again and again instead of asking the system for events: eleven `stat` calls a round are cheap,
work on network and container mounts where events get lost, and see every way in which editors save: in place, by
renaming another file over it, in several writes. What counts is what stands there once nothing has moved for a moment.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from briefer.prompts import NAMES
from briefer.sections import Scope, Section

ROUND = 0.03  # seconds between two looks
_QUIET = 2  # rounds without a change, after which a save is taken for whole
# An editor takes a file away before it puts the new one there, or empties it before it fills it.
_GONE = 16

Seen = tuple[int, int, int] | None  # time of change, size, inode; None where there is no file


def look(folder: Path) -> dict[str, Seen]:
    """Return what there is of each prompt in a folder."""
    found: dict[str, Seen] = {}
    for name in NAMES:
        try:
            seen = (folder / f"{name}.md").stat()
        except OSError:
            found[name] = None
        else:
            found[name] = (seen.st_mtime_ns, seen.st_size, seen.st_ino)
    return found


@dataclass(slots=True)
class Saves:
    """Tells saves from looks: `known` is what was told last, `last` what was seen last, for `rounds` rounds."""

    known: dict[str, Seen]
    last: dict[str, Seen] = field(init=False)
    rounds: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Begin with what is known."""
        self.last = dict(self.known)

    def see(self, now: Mapping[str, Seen]) -> list[str]:
        """Take in one look and return the prompts that were saved and have come to rest."""
        saved = []
        for name, seen in now.items():
            self.rounds[name] = self.rounds.get(name, 0) + 1 if seen == self.last[name] else 0
            self.last[name] = seen
            patience = _QUIET if seen and seen[1] else _GONE
            if seen != self.known[name] and self.rounds[name] >= patience:
                self.known[name] = seen
                saved.append(name)
        return saved


async def next_saves(saves: Saves, folder: Path) -> list[str]:
    """Wait until prompts were saved, and return them."""
    while not (saved := saves.see(look(folder))):
        await asyncio.sleep(ROUND)
    return saved


def affected(names: list[str], sections: tuple[Section, ...]) -> tuple[Section, ...]:
    """Return the sections whose text may change with these prompts."""
    if any(name.startswith("_") and name != "_closing" for name in names):
        return sections
    return tuple(s for s in sections if s.key in names or ("_closing" in names and s.scope is Scope.OUTLET))
