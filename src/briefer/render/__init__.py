"""Renderers: a briefing becomes text for a terminal, JSON, Markdown or a page."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Literal, get_args

from briefer.errors import UsageError
from briefer.text import is_hidden

if TYPE_CHECKING:
    from briefer.briefing import Briefing

Format = Literal["terminal", "json", "markdown", "html"]

FORMATS: tuple[Format, ...] = get_args(Format)

_SUFFIXES: dict[str, Format] = {
    ".txt": "terminal",
    ".json": "json",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
}


def format_of(path: str | PurePath) -> Format:
    """Return the format that a file's suffix stands for; `UsageError` for any other suffix."""
    suffix = PurePath(path).suffix.lower()
    if suffix not in _SUFFIXES:
        known = " ".join(_SUFFIXES)
        raise UsageError(f"cannot tell a format by the suffix {suffix!r}", hint=f"Use one of {known}, or --format.")
    return _SUFFIXES[suffix]


def render(briefing: Briefing, format: Format, *, width: int = 80, color: bool = False, unicode: bool = True) -> str:
    """Return the briefing in one of `FORMATS`, ending with a newline.

    `width`, in columns, and `color` matter to the terminal only; without `unicode` the terminal's and
    Markdown's own signs are ASCII and typographic quotes and dashes of the text are levelled.
    """
    if format == "json":
        return _json(briefing)
    from briefer.render.outline import outline

    if format == "markdown":
        from briefer.render.markdown import to_markdown

        return to_markdown(outline(briefing, unicode=unicode), unicode=unicode)
    if format == "html":
        from briefer.render.html import to_html

        return to_html(outline(briefing))
    from briefer.render.terminal import to_terminal

    return to_terminal(outline(briefing, unicode=unicode), width=width, color=color, unicode=unicode)


def render_asked(briefing: Briefing, *, width: int = 80, color: bool = False, unicode: bool = True) -> str:
    """Return a briefing of some sections for a terminal, without a word on those that were not asked for."""
    from dataclasses import replace

    from briefer.render.outline import NOT_ASKED, outline
    from briefer.render.terminal import to_terminal

    told = outline(briefing, unicode=unicode)
    asked = tuple(part for part in told.parts if part.missing != NOT_ASKED)
    return to_terminal(replace(told, parts=asked), width=width, color=color, unicode=unicode)


def _json(briefing: Briefing) -> str:
    # The same data, but what a terminal or a CI runner would act on is written as JSON escapes.
    text = briefing.model_dump_json(indent=2, by_alias=True, ensure_ascii=False)
    active = {ord(c): _escape(c) for c in set(text) if not c.isascii() and is_hidden(c)} | {0x7F: "\\u007f"}
    return re.sub(r"#(?=#\w*\[)", r"\\u0023", text.translate(active)) + "\n"


def _escape(char: str) -> str:
    units = char.encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
