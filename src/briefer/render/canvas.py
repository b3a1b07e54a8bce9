"""The console that text for a terminal is drawn on: in memory, and deaf to the environment."""

from __future__ import annotations

from io import StringIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console


def canvas(width: int, color: bool) -> Console:
    """Return a console `width` columns wide that draws into memory, in colour or without."""
    from rich.console import Console

    # An empty environment: COLUMNS, FORCE_COLOR or TERM must not change what a function returns.
    return Console(
        file=StringIO(),
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        legacy_windows=False,
        _environ={},
    )


def drawn(on: Console) -> str:
    """Return all that was drawn on such a console."""
    assert isinstance(on.file, StringIO)
    return on.file.getvalue()
