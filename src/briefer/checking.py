"""Proving again, offline: which kind of file it is decides who reads it."""

from __future__ import annotations

from briefer.bundle import Bundle
from briefer.errors import InputError
from briefer.loading import parse_json
from briefer.recheck import check_briefing, read_briefing
from briefer.statements import Checked, check_statement, read_statement


def check_text(text: str, name: str, bundle: Bundle) -> list[Checked]:
    """Check a saved briefing (one JSON object with a `schema`) or a statements file (JSON Lines).

    Raises InputError (exit 3) with the line and what to write instead.
    """
    start = text.lstrip()[:300]
    # Whoever sorted its keys has put "articles" first.
    if start.startswith("{") and ('"schema"' in start or '"briefer/briefing/' in text):
        return check_briefing(read_briefing(text, name), bundle)
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
    return [check_statement(read_statement(line, f"{name}, line {n}"), bundle) for n, line in lines]
