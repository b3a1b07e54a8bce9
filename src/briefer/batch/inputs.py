"""What a batch is made of: every bundle that is named, found one after another, read when it is needed."""

from __future__ import annotations

import glob
import json
import shutil
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from briefer.bundle import Bundle
from briefer.disk import storing
from briefer.errors import InputError, UsageError
from briefer.loading import build, bundle_of, decode, load_bundle, parse_json, read_text

_LINES = (".jsonl", ".ndjson")
_PROSE = (".md", ".txt", ".html", ".htm")
# So many lines of a file are looked at to tell bundles from the articles of one bundle.
_TRIED = 20
STDIN = "standard input"


@dataclass(frozen=True, slots=True)
class Source:
    """Where a bundle stands: a file or a folder, or `size` bytes at `offset` of a file with a bundle on each `line`.

    `shown` is what people call the file.
    """

    path: Path
    shown: str
    line: int = 0
    offset: int = 0
    size: int = 0

    @property
    def label(self) -> str:
        """The source as messages name it."""
        return f"{self.shown}, line {self.line}" if self.line else self.shown

    @property
    def stem(self) -> str:
        """What a bundle without an id is called; "" for a line, which has no name of its own."""
        if self.line or self.shown == STDIN:
            return ""
        path = self.path.parent if self.path.name == "bundle.json" else self.path
        return path.resolve().name if path.is_dir() else path.stem

    def read(self) -> Bundle:
        """Read the bundle; raises InputError."""
        if self.path.is_dir():
            return load_bundle(self.path)
        if not self.line:
            return bundle_of(read_text(self.path), self.shown)
        try:
            with self.path.open("rb") as file:
                file.seek(self.offset)
                raw = file.read(self.size).rstrip()
        except OSError as error:
            raise InputError(f"{self.label} cannot be read: {error.strerror}", hint="check its permissions") from None
        return build(parse_json(decode(raw, self.label), self.label), self.label)


@dataclass(frozen=True, slots=True)
class Unusable:
    """A place that was named and holds no bundle, and why."""

    source: Source
    error: InputError | UsageError


Found = Source | Unusable


def find(named: Sequence[str], folder: Path) -> Iterator[Found]:
    """Yield every bundle of the files, folders, patterns and standard input (`-`) that are named, in order.

    `folder` is where the batch writes: nothing in it is taken for a bundle, and standard input is kept there, since
    each bundle is read twice. Raises StorageError if it cannot be.
    """
    for name in named:
        if name == "-":
            yield from _in_file(Source(_kept(folder), STDIN))
        elif Path(name).exists() or not glob.has_magic(name):
            yield from _at(Path(name), folder.resolve())
        else:
            yield from _matching(name, folder.resolve())


def _kept(folder: Path) -> Path:
    """Write standard input to a file."""
    path = folder / "standard-input.jsonl"
    with storing(f"cannot write {path}"), path.open("wb") as file:
        shutil.copyfileobj(sys.stdin.buffer, file)
    return path


def _matching(pattern: str, beside: Path) -> Iterator[Found]:
    paths = sorted(glob.glob(pattern, recursive=True))
    if not paths:
        source = Source(Path(pattern), pattern)
        yield Unusable(source, UsageError(f"{pattern} matches no file", hint="check the pattern"))
    for path in paths:
        yield from _at(Path(path), beside)


def _at(path: Path, beside: Path) -> Iterator[Found]:
    source = Source(path, str(path))
    if path.resolve() == beside:
        return
    if not path.is_dir():
        yield from _in_file(source)
    elif _is_bundle(path):
        yield source
    else:
        yield from _in_folder(source, beside)


def _in_folder(source: Source, beside: Path) -> Iterator[Found]:
    """Yield the bundles of a folder and of those below it, by name."""
    try:
        paths = sorted(path for path in source.path.iterdir() if not path.name.startswith("."))
    except OSError as error:
        reason = InputError(f"{source.label} cannot be read: {error.strerror}", hint="check its permissions")
        yield Unusable(source, reason)
        return
    bundles = [path for path in paths if path.is_dir() or path.suffix.lower() in (".json", *_LINES)]
    if not bundles:
        hint = "put a bundle's .json, or a folder for each bundle, into it"
        yield Unusable(source, UsageError(f"{source.label} holds no bundles", hint=hint))
    for path in bundles:
        yield from _at(path, beside)


def _is_bundle(folder: Path) -> bool:
    """Whether a folder is one bundle: it has a bundle.json, or its own files are articles."""
    names = sorted(path for path in folder.iterdir() if not path.name.startswith(".")) if _opens(folder) else []
    if any(path.name == "bundle.json" for path in names):
        return True
    data = [path for path in names if path.suffix.lower() in (".json", *_LINES) and path.is_file()]
    if data:
        return data[0].suffix.lower() == ".json" and _is_article(data[0])
    folders = any(path.is_dir() for path in names)
    return not folders and any(path.suffix.lower() in _PROSE for path in names)


def _opens(folder: Path) -> bool:
    try:
        next(folder.iterdir(), None)
    except OSError:
        return False
    return True


def _is_article(path: Path) -> bool:
    try:
        data = json.loads(path.read_bytes())
    except (OSError, ValueError, RecursionError):
        return False
    return isinstance(data, dict) and "text" in data and "articles" not in data


def _in_file(source: Source) -> Iterator[Found]:
    """Yield the bundle of a file, or one for each line."""
    lines = source.shown == STDIN or source.path.suffix.lower() in _LINES
    if not (lines and _holds_bundles(source)):
        yield source
        return
    offset = 0
    with source.path.open("rb") as file:
        for number, raw in enumerate(file, 1):
            if raw.strip():
                yield Source(source.path, source.shown, number, offset, len(raw))
            offset += len(raw)


def _holds_bundles(source: Source) -> bool:
    """Whether the lines of a file are bundles: the first that can be read decides."""
    try:
        with source.path.open("rb") as file:
            first = [raw for raw in islice(file, _TRIED) if raw.strip()]
    except OSError:
        return False
    for raw in first:
        try:
            data = json.loads(raw.removeprefix(b"\xef\xbb\xbf"))
        except (ValueError, RecursionError):
            continue
        return isinstance(data, dict) and "articles" in data
    return source.path.suffix.lower() in _LINES and source.shown != STDIN and len(first) > 1
