"""What git knows of a prompt file, where there is git and a repository; elsewhere nothing."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from briefer.prompts import normal

_SECONDS = 10
# A repository's own configuration may name programs to run, or fetch what it lacks: none of that is needed to read.
_OFF = ("core.fsmonitor=false", "log.showSignature=false", "protocol.allow=never")
_QUIET = (*(word for setting in _OFF for word in ("-c", setting)), "--no-pager", "--literal-pathspecs")


@dataclass(frozen=True, slots=True)
class Revision:
    """A commit that changed the file: `text` is what the file then held, as its id sees it."""

    commit: str
    at: datetime
    subject: str
    text: str


def revisions(path: Path) -> Iterator[Revision]:
    """Yield the commits that changed a file, the newest first; those that took it away are left out."""
    listed = _git(path, "log", "--format=%H%x09%ct%x09%s", "--", path.name)
    for line in (listed or "").splitlines():
        commit, seconds, subject = line.split("\t", 2)
        text = at_revision(path, commit)
        if text is not None:
            yield Revision(commit, datetime.fromtimestamp(int(seconds), UTC), subject, text)


def at_revision(path: Path, revision: str) -> str | None:
    """Return what a file held at a revision, a branch or a tag; None if git knows none of it."""
    commit = _git(path, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{revision}^{{commit}}")
    if not commit:
        return None
    text = _git(path, "show", "--no-ext-diff", "--no-textconv", f"{commit.strip()}:./{path.name}")
    return None if text is None else normal(text.removeprefix("\ufeff"))


def _git(path: Path, *arguments: str) -> str | None:
    """Return what git prints in a file's folder; None where there is no git, no repository or no such thing."""
    folder = path.parent
    try:
        done = subprocess.run(
            ["git", *_QUIET, *arguments],
            cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, timeout=_SECONDS, check=False,
        )  # fmt: skip
        return done.stdout.decode() if done.returncode == 0 else None
    except (OSError, subprocess.TimeoutExpired, UnicodeDecodeError):
        return None
