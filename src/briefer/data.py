"""This copy of briefer: its version, and where its prompts and fixtures are, in a checkout and in a wheel."""

from __future__ import annotations

from functools import cache
from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def data_folder(name: str) -> Path:
    """Return the folder `prompts` or `fixtures` that belongs to this copy of briefer."""
    shipped = _PACKAGE / "_data" / name
    return shipped if shipped.is_dir() else _PACKAGE.parent.parent / name


@cache
def own_version() -> str:
    """Return the version of briefer; looking it up reads and parses a file, and a batch asks for every bundle."""
    from importlib.metadata import version

    return version("briefer")
