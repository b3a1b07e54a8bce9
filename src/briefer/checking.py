"""Proving again, offline: which kind of file it is decides who reads it."""

from __future__ import annotations

from collections.abc import Sequence

from briefer.briefing import Briefing
from briefer.bundle import Bundle
from briefer.errors import InputError
from briefer.loading import parse_json
from briefer.recheck import check_briefing, read_briefing
from briefer.statements import Checked, StatementLine, check_statement, read_statement

Checkable = Briefing | Sequence[StatementLine]


def check_source(source: Checkable, bundle: Bundle) -> list[Checked]:
    """Prove a briefing, or statements, again."""
    if isinstance(source, Briefing):
        return check_briefing(source, bundle)
    return [check_statement(line, bundle) for line in source]


def read_source(text: str, name: str) -> Checkable:
    """Read a saved briefing (one JSON object with a `schema`) or a statements file (JSON Lines).

    Raises InputError (exit 3) with the line and what to write instead.
    """
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
