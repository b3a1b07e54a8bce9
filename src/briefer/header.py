"""A flat `key: value` header between `---` lines, as prompt files and article files have it."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Headed:
    """A text with its header: `lines` gives the line (from 1) each key stands on, `offset` the body's first line."""

    fields: dict[str, str]
    lines: dict[str, int]
    body: str
    offset: int


class HeaderError(ValueError):
    """A header line that is no `key: value`, or a header that is never closed; `line` counts from 1."""

    def __init__(self, line: int, reason: str) -> None:
        """`reason` says what to write instead."""
        super().__init__(reason)
        self.line = line


def split_header(text: str) -> Headed:
    """Split `text` into its header and its body; a BOM and CRLF are fine, values stay plain strings.

    Raises HeaderError. A text that does not begin with `---` has no header.
    """
    lines = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n").split("\n")
    if lines[0].strip() != "---":
        return Headed({}, {}, "\n".join(lines), 1)
    fields: dict[str, str] = {}
    at: dict[str, int] = {}
    for number, line in enumerate(lines[1:], 2):
        if line.strip() == "---":
            return Headed(fields, at, "\n".join(lines[number:]), number + 1)
        if not line.strip():
            continue
        match = re.fullmatch(r"\s*([A-Za-z][\w-]*)\s*:\s*(.*?)\s*", line)
        if not match:
            raise HeaderError(number, "is no “key: value” line; close the header with a line of three dashes")
        key = match[1].lower()
        if key in fields:
            raise HeaderError(number, f"gives “{key}” a second time; keep one of the two")
        fields[key], at[key] = match[2], number
    raise HeaderError(1, "opens a header that is never closed; add a line of three dashes after it")
