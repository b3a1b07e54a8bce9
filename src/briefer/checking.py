"""Proving again, offline: which kind of file it is decides who reads it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import PurePath
from typing import TYPE_CHECKING, TypeAlias

from briefer.briefing import Briefing
from briefer.bundle import Bundle
from briefer.errors import InputError
from briefer.loading import parse_json
from briefer.recheck import check_briefing, read_briefing
from briefer.statements import Checked, StatementLine, check_statement, read_statement

if TYPE_CHECKING:
    from briefer.prose import Prose

Checkable: TypeAlias = "Briefing | Prose | Sequence[StatementLine]"

_MARKDOWN = (".md", ".markdown")
_JSON = (".json", ".jsonl", ".ndjson")


def check_source(source: Checkable, bundle: Bundle) -> list[Checked]:
    """Prove a briefing, or statements, again."""
    if isinstance(source, Briefing):
        return check_briefing(source, bundle)
    if isinstance(source, Sequence):
        return [check_statement(line, bundle) for line in source]
    from briefer.crediting import check_prose  # only prose needs what it loads

    return check_prose(source, bundle)


def reading_note(source: Checkable) -> str:
    """Return what was read and what was left out where that was a choice: in prose; else ""."""
    return "" if isinstance(source, Briefing | Sequence) else source.told()


def read_source(text: str, name: str, language: str = "en") -> Checkable:
    """Read a saved briefing (one JSON object with a `schema`), a statements file (JSON Lines) or prose.

    Prose is Markdown by its suffix, or what does not begin as JSON and is not called so. Raises InputError (exit 3)
    with the line and what to write instead.
    """
    if _is_prose(text, PurePath(name).suffix.lower()):
        from briefer.prose import read_prose

        return read_prose(text, name, language)
    start = text.lstrip()[:300]
    # Whoever sorted its keys has put "articles" first.
    if start.startswith("{") and ('"schema"' in start or '"briefer/briefing/' in text):
        return read_briefing(text, name)
    if start.startswith("{") and start.rstrip().partition("\n")[0].strip() == "{":
        data = parse_json(text, name)
        if "articles" in data:
            raise InputError(
                f"{name} is a bundle", hint="name a saved briefing or a statements file, and the bundle with --bundle"
            )
        raise InputError(
            f"{name} is no briefing: it has no schema", hint="write one statement a line, or save a briefing with -o"
        )
    lines = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    if not lines:
        raise InputError(f"{name} is empty", hint='write one {"id": "…", "text": "…"} a line')
    return [read_statement(line, f"{name}, line {n}") for n, line in lines]


def _is_prose(text: str, suffix: str) -> bool:
    if suffix in _MARKDOWN or suffix in _JSON:
        return suffix in _MARKDOWN
    return not re.match(r"\s*(?:\{|\[\s*[\[{\"\]])", text)
