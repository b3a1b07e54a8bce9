"""The two ends of a command: what stdout takes, and one file written whole or not at all."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

import typer

from briefer.errors import StorageError, UsageError


def colour_wanted() -> bool:
    """Whether stdout is a terminal that takes colour (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width() -> int:
    """The terminal's width in columns; 80 where there is none."""
    return shutil.get_terminal_size((80, 24)).columns


def takes_unicode() -> bool:
    """Whether stdout can write what a briefing needs beyond ASCII."""
    try:
        "“⁹†‡—·".encode(sys.stdout.encoding or "ascii")
    except (LookupError, UnicodeEncodeError):
        return False
    return True


def print_result(text: str) -> None:
    """Write the result to stdout; a character that its encoding lacks becomes a question mark."""
    sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]
    if text:
        typer.echo(text, nl=not text.endswith("\n"))


def note(text: str, quiet: bool = False) -> None:
    """Write a note to stderr; no line begins with what a CI system obeys."""
    if not quiet:
        sys.stderr.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
        typer.echo(text, err=True)


def ensure_writable(path: Path) -> None:
    """Raise StorageError or UsageError now rather than after the calls are paid."""
    if path.is_dir():
        raise UsageError(f"{path} is a folder", hint=f"name a file in it, such as {path / 'briefing.md'}")
    if path.exists() and not path.is_file():
        raise StorageError(f"{path} is no ordinary file", hint="choose another path for -o")
    folder = path.parent
    if not folder.is_dir():
        raise StorageError(f"the folder {folder} does not exist", hint=f"mkdir -p {folder}")
    probe = folder / f".{path.name}.{os.getpid()}.part"
    try:
        probe.write_bytes(b"")
        probe.unlink()
        if path.exists():
            path.open("ab").close()
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror}", hint="choose another path for -o") from None


def write_whole(path: Path, text: str) -> None:
    """Write a file whole or not at all; raises StorageError."""
    from briefer.disk import write_atomic

    write_atomic(path, text.encode("utf-8", "replace"))
