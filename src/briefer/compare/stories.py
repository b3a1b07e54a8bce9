"""The bundles of a comparison, each with the tapes that lie beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from glob import glob
from pathlib import Path

from briefer.bundle import Bundle
from briefer.errors import InputError
from briefer.journal import Journal
from briefer.loading import load_bundle

_BUNDLE = "bundle.json"
_TAPES = "tape*.jsonl"


@dataclass(frozen=True, slots=True)
class Told:
    """One bundle and its tapes."""

    bundle: Bundle
    tapes: Sequence[Journal]


def find_stories(named: Sequence[str], tapes: Sequence[Path]) -> list[Told]:
    """Return the bundles that paths and patterns name: files, folders with a bundle.json, folders of those.

    `tapes` are tapes, or folders of them, that serve all bundles; without any, those named tape*.jsonl beside a bundle
    do. Raises InputError (exit 3) for what cannot be read, and where two paths hold the same bundle.
    """
    shared = [Journal.read(file) for path in tapes for file in _tape_files(path)]
    stories: dict[str, Told] = {}
    for path in dict.fromkeys(file for name in named for file in _bundle_files(name)):
        bundle = load_bundle(str(path))
        beside = [] if tapes or path.name != _BUNDLE else [Journal.read(t) for t in sorted(path.parent.glob(_TAPES))]
        stories.setdefault(bundle.sha256, Told(bundle, [*shared, *beside]))
    return list(stories.values())


def _bundle_files(name: str) -> Iterator[Path]:
    paths = [Path(name)] if Path(name).exists() else [Path(p) for p in sorted(glob(name, recursive=True))]
    if not paths:
        raise InputError(f"there is no bundle {name}", hint="name bundle files, or folders that hold a bundle.json")
    for path in paths:
        if path.is_dir() and not (path / _BUNDLE).exists():
            inside = sorted(path.glob(f"*/{_BUNDLE}"))
            yield from inside or [path]  # a folder of articles is a bundle itself
        else:
            yield path / _BUNDLE if path.is_dir() else path


def _tape_files(path: Path) -> list[Path]:
    return sorted(path.glob("*.jsonl")) if path.is_dir() else [path]
