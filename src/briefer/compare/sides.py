"""What OLD and NEW on the command line stand for: a folder of prompts, a git revision, or past runs."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from pydantic import ValidationError

from briefer.briefing import Briefing
from briefer.errors import InputError
from briefer.prompts import NAMES, Prompts, load_prompts
from briefer.text import one_line

SHIPPED = "shipped"


@dataclass(frozen=True, slots=True)
class Prompting:
    """A side that is still to be run: its prompts, and the folder that they are in (None: the shipped ones)."""

    name: str
    prompts: Prompts
    folder: Path | None


@dataclass(frozen=True, slots=True)
class Past:
    """A side that was run already: its briefings."""

    name: str
    briefings: tuple[Briefing, ...]


@contextmanager
def opened(name: str, folder: Path) -> Iterator[Prompting | Past]:
    """Resolve one side; `folder` is where a git revision has its prompts.

    Raises InputError (exit 3) if the name is none of the three, or if what it names cannot be read.
    """
    path = Path(name)
    if name == SHIPPED:
        yield Prompting(name, load_prompts(), None)
    elif path.is_dir() and any((path / f"{known}.md").exists() for known in NAMES):
        yield Prompting(name, load_prompts(path), path)
    elif path.exists():
        yield Past(name, tuple(_briefings(path)))
    else:
        with TemporaryDirectory(prefix="briefer-prompts-") as copied:
            _check_out(name, folder, Path(copied))
            yield Prompting(name, load_prompts(Path(copied)), Path(copied))


def _briefings(path: Path) -> Iterator[Briefing]:
    """Yield the briefings of a file, a run folder, or a folder of either."""
    files = [path] if path.is_file() else sorted({*path.glob("*.json"), *path.glob("*/briefing.json")})
    found = 0
    for file in files:
        text = _text(file)
        if '"briefer/briefing/1"' not in text[:200]:
            continue
        try:
            yield Briefing.model_validate_json(text)
        except ValidationError as error:
            raise InputError(
                f"{file} is no briefing that this briefer reads: {error.error_count()} fields do not fit",
                hint="take a briefing that `summarize -o …json` wrote",
            ) from None
        found += 1
    if not found:
        raise InputError(
            f"{path} holds neither prompts nor briefings",
            hint="name a folder of prompts, a git revision, or a run folder that has a briefing.json",
        )


def _text(file: Path) -> str:
    try:
        return file.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file} cannot be read: {error}", hint="check the path and its permissions") from None


def _check_out(revision: str, folder: Path, copied: Path) -> None:
    """Copy the prompts of a git revision into `copied`."""
    missing = InputError(
        f"{one_line(revision)} is no folder, no briefing and no git revision here",
        hint=f"name a folder of prompts, “{SHIPPED}”, a git revision, or a run folder",
    )
    if revision.startswith("-") or not _git("rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}"):
        raise missing
    place = f"./{folder}" if not folder.is_absolute() else str(folder)
    listed = _git("ls-tree", "--name-only", "-z", revision, "--", f"{place}/") or b""
    files = [name for name in listed.decode("utf-8", "replace").split("\0") if name.endswith(".md")]
    if not files:
        raise InputError(
            f"the git revision {one_line(revision)} has no prompts in {folder}",
            hint="name the folder that they were in with --prompts",
        )
    for file in files:
        content = _git("show", f"{revision}:./{file}")
        if content is not None:
            (copied / Path(file).name).write_bytes(content)


def _git(*command: str) -> bytes | None:
    """Return what git prints, None if it fails or is not there."""
    try:
        done = subprocess.run(["git", *command], capture_output=True, check=False, timeout=30)
    except (OSError, subprocess.TimeoutExpired):
        return None
    return done.stdout if done.returncode == 0 else None
