"""The versions of a prompt: what was run, kept, committed or shipped, by id, name or date."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from briefer.data import data_folder
from briefer.disk import make_folder, write_atomic
from briefer.editing.moments import moment_of
from briefer.editing.revisions import Revision, at_revision, revisions
from briefer.editing.standing import Standing, shipped_text, standing
from briefer.editing.store import SHIPPED, Moment, Store
from briefer.errors import InputError, UsageError
from briefer.prompts import normal, read_text, text_id

PRESENT, PREVIOUS = "present", "previous"
_SHORTEST_ID = 4


@dataclass(frozen=True, slots=True)
class Version:
    """A text of a prompt and all that is known of it: `at` is when it last came into force, None if nobody knows."""

    id: str
    text: str
    at: datetime | None
    present: bool = False
    shipped: bool = False
    runs: tuple[str, ...] = ()
    commits: tuple[Revision, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class History:
    """All versions of one prompt, the newest first; `moments` and `commits` say which was in force when."""

    standing: Standing
    text: str
    versions: tuple[Version, ...]
    moments: tuple[Moment, ...] = field(repr=False)
    commits: tuple[Revision, ...] = field(repr=False)

    def find(self, words: str) -> Version:
        """Return the version that an editor names: `present`, `previous`, `shipped`, an id, a date, a git revision.

        Raises UsageError, which lists what there is.
        """
        name = words.strip().lower()
        at = moment_of(words)
        if name in (PRESENT, PREVIOUS, SHIPPED):
            found = self._by_word(name)
        elif at:
            found = self._at(at)
        else:
            found = self._by_id(name) or self._by_revision(words)
        if found is None:
            raise UsageError(
                f"there is no version {words!r} of {self.standing.name}{self._why(at)}",
                hint=f"briefer prompts log {self.standing.name} lists them; shipped and previous are names too",
            )
        return found

    def _by_word(self, name: str) -> Version | None:
        if name == PREVIOUS:
            return next((v for v in self.versions if not v.present and v.at), None) or next(
                (v for v in self.versions if not v.present), None
            )
        return next((v for v in self.versions if (v.present if name == PRESENT else v.shipped)), None)

    def _by_id(self, name: str) -> Version | None:
        found = [v for v in self.versions if len(name) >= _SHORTEST_ID and v.id.startswith(name)]
        if len(found) > 1:
            raise UsageError(
                f"{name} begins the ids of {len(found)} versions",
                hint=f"write more of it: {found[0].id}, {found[1].id}",
            )
        return found[0] if found else None

    def _by_revision(self, words: str) -> Version | None:
        text = at_revision(self.standing.path, words)
        return Version(text_id(text), text, None) if text else None

    def _at(self, at: datetime) -> Version | None:
        """Return what was in force at a moment: of what was run, kept and committed before, the last."""
        before = [(m.at, m.id) for m in self.moments] + [(r.at, text_id(r.text)) for r in self.commits]
        ids = [key for when, key in sorted(before, key=lambda each: each[0]) if when <= at]
        return next((v for v in self.versions if ids and v.id == ids[-1]), None)

    def _why(self, at: datetime | None) -> str:
        return ": nothing of it was run, kept or committed before that" if at else ""


def history(name: str, folder: Path | None, root: Path) -> History:
    """Return the history of a prompt; raises InputError if the file in force cannot be read."""
    [found] = (each for each in standing(folder) if each.name == name)
    if found.text is None:
        raise InputError(found.fault, hint="save it again as UTF-8, or move it away", safe="nothing was changed")
    store = Store(root)
    own = () if found.shipped else tuple(revisions(found.path))
    moments = tuple(m for m in store.moments() if m.name == name)
    here = tuple(m for m in moments if m.file in (SHIPPED, store.place(found.path)))
    versions = sorted(_versions(found, found.text, store, moments, own), key=_newest_first)
    return History(found, found.text, tuple(versions), here, own)


def _versions(
    found: Standing, present: str, store: Store, moments: Sequence[Moment], commits: Sequence[Revision]
) -> Iterator[Version]:
    texts = {found.id: present, text_id(shipped := shipped_text(found.name)): shipped}
    texts |= {text_id(r.text): r.text for r in commits}
    for moment in moments:
        if moment.id not in texts and (text := store.text(found.name, moment.id)) is not None:
            texts[moment.id] = text
    runs: dict[str, list[str]] = {}
    for run, ids in store.runs():
        runs.setdefault(str(ids.get(found.name)), []).append(run)
    for key, text in texts.items():
        own = [m for m in moments if m.id == key]
        committed = tuple(r for r in commits if text_id(r.text) == key)
        dates = [m.at for m in own] + [r.at for r in committed]
        if key == found.id and found.changed and not found.shipped:
            dates = dates or [found.changed]
        yield Version(
            key,
            text,
            max(dates, default=None),
            present=key == found.id,
            shipped=text == shipped,
            runs=tuple(runs.get(key, ())),
            commits=committed,
            files=tuple(dict.fromkeys(m.file for m in own)),
        )


def _newest_first(version: Version) -> tuple[bool, float]:
    """Sort the text in force first, then by date; what has none is the oldest."""
    return not version.present, -(version.at or datetime(1, 1, 1, tzinfo=UTC)).timestamp()


def restore(past: History, version: Version, folder: Path, root: Path) -> Path:
    """Put a version into force and return its file; the text that was in force is kept first. Raises StorageError."""
    path = folder / f"{past.standing.name}.md"
    if path.resolve().parent == data_folder("prompts").resolve():
        raise UsageError(f"{path} is the shipped prompt itself", hint="choose a folder with --prompts")
    store, name = Store(root), past.standing.name
    store.keep([(name, store.place(past.standing.path), past.text)], "kept")
    make_folder(folder)
    write_atomic(path, version.text.encode() + b"\n")
    store.keep([(name, store.place(path), version.text)], "restored")
    return path


def eject(names: Sequence[str], folder: Path, root: Path) -> list[Path]:
    """Write the shipped prompts `names` into `folder` and return their files; what they write over is kept first.

    Raises UsageError for a folder that is none, or is that of the shipped prompts, and StorageError.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file and no folder", hint="choose a folder with --prompts")
    if folder.resolve() == data_folder("prompts").resolve():
        raise UsageError(f"{folder} holds the shipped prompts themselves", hint="choose a folder with --prompts")
    make_folder(folder)
    paths = [folder / f"{name}.md" for name in names]
    store = Store(root)
    there = [path for path in paths if path.exists()]
    store.keep([(path.stem, store.place(path), normal(read_text(path))) for path in there], "kept")
    for path in paths:
        write_atomic(path, shipped_text(path.stem).encode() + b"\n")
    return paths
