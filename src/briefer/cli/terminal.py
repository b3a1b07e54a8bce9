"""The two ends of a command: what stdout takes, and one file written whole or not at all."""

from __future__ import annotations

import json
import os
import shutil
import sys
from pathlib import Path
from textwrap import wrap
from typing import Any

import typer

from briefer.errors import StorageError, UsageError


def colour_wanted() -> bool:
    """Whether stdout is a terminal that takes colour (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"


def width() -> int:
    """The terminal's width in columns; 80 where there is none."""
    return shutil.get_terminal_size((80, 24)).columns


def table_width() -> int:
    """The columns of a table: the terminal's, or so many that no line of a pipe is ever broken."""
    return width() if sys.stdout.isatty() or os.environ.get("COLUMNS") else 1000


def wrapped(text: str, hang: int = 0) -> str:
    """Return lines broken between words for a terminal, later ones `hang` deeper; a pipe gets them as they are."""
    if not sys.stdout.isatty():
        return text
    broken = (
        wrap(line, max(width(), 20), subsequent_indent=" " * hang, break_on_hyphens=False, replace_whitespace=False)
        for line in text.split("\n")
    )
    return "\n".join("\n".join(lines) for lines in broken)


def takes_unicode() -> bool:
    """Whether stdout can write what a briefing needs beyond ASCII."""
    try:
        "“⁹†‡—·".encode(sys.stdout.encoding or "ascii")
    except (LookupError, UnicodeEncodeError):
        return False
    return True


def print_result(text: str) -> None:
    """Write the result to stdout; a character that its encoding lacks becomes a question mark.

    Raises StorageError when stdout is closed or full; whoever stops reading ends the command with exit 0.
    """
    out = ensure_stdout()
    out.reconfigure(errors="replace")
    try:
        _write(out, text)
    except BrokenPipeError:
        _silence(out)
        raise typer.Exit(0) from None
    except OSError as error:
        _silence(out)
        reason = (error.strerror or str(error)).lower()
        raise StorageError(f"standard output takes nothing: {reason}", hint="write to a file with -o FILE") from None


def print_lines(text: str) -> None:
    """Write lines for people to stdout; none of them holds what a CI system obeys."""
    from briefer.render.safety import quiet

    print_result(quiet(text))


def escaped(json_text: str) -> str:
    """Return the same JSON with everything written as an escape that a terminal or a CI system would act on."""
    shown = "".join(c if c.isprintable() else json.dumps(c)[1:-1] for c in json_text)
    return shown.replace("##", "#\\u0023")


def note(text: str, silent: bool = False) -> None:
    """Write a note to stderr, without what a CI system obeys; a stderr that is closed or full holds nothing up."""
    from briefer.render.safety import quiet_lines

    err = getattr(sys, "stderr", None)
    if silent or err is None:
        return
    try:
        err.reconfigure(errors="backslashreplace")
        _write(err, f"{quiet_lines(text)}\n")
    except OSError:
        _silence(err)


def ensure_stdout() -> Any:
    """Return stdout; raises StorageError now, rather than after the calls are paid, when it is closed."""
    out = getattr(sys, "stdout", None)
    if out is None:
        raise StorageError("standard output is closed", hint="write to a file with -o FILE or > FILE")
    return out


def _write(stream: Any, text: str) -> None:
    # Not typer.echo: where the encoding is ASCII it would write UTF-8 all the same.
    stream.write(text)
    stream.flush()


def _silence(stream: Any) -> None:
    """Point a stream that takes nothing any more at nowhere, so that Python does not fail to flush it at exit."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, stream.fileno())
    os.close(nowhere)


def ensure_writable(path: Path) -> None:
    """Raise StorageError or UsageError now rather than after the calls are paid."""
    folder = path.parent
    try:
        if path.is_dir():
            raise UsageError(f"{path} is a folder", hint=f"name a file in it, such as {path / 'briefing.md'}")
        # What is written takes the place of a link: the file that it leads to would stay as it is.
        if path.is_symlink() or (path.exists() and not path.is_file()):
            raise StorageError(f"{path} is no ordinary file", hint="choose another path for -o")
        if not folder.is_dir():
            raise StorageError(f"the folder {folder} does not exist", hint=f"mkdir -p {folder}")
        probe = folder / f".{path.name}.{os.getpid()}.part"
        probe.write_bytes(b"")
        probe.unlink()
        if path.exists():
            path.open("ab").close()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise StorageError(f"{path} cannot be written: {reason}", hint="choose another path for -o") from None


def write_whole(path: Path, text: str) -> None:
    """Write a file whole or not at all; raises StorageError."""
    from briefer.disk import write_atomic

    write_atomic(path, text.encode("utf-8", "replace"))
