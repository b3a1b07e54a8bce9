"""Prompt files: reading them and naming them by their content.

A prompt file is Markdown under a flat header. Its `{{ placeholders }}` come from a short list and
are replaced in one pass; what is put in is never read again, and no role is ever made out of text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from briefer.data import data_folder
from briefer.errors import InputError
from briefer.header import HeaderError, split_header
from briefer.sections import SECTIONS, Scope
from briefer.suggest import did_you_mean
from briefer.text import inert

HEADER_KEYS = ("title", "purpose")
PLACEHOLDERS: dict[str, str] = {
    "topic": "the story in a few words, from the bundle",
    "language": "the language that the briefing is written in",
    "outlet": "the outlet whose account is asked for (papers_say only)",
    "outlets": "the outlets of the bundle, separated by commas",
    "articles": "the numbered sentences of the articles (_articles only)",
    "references": "the numbered sentences of the desk's references, or a line that says there are none",
    "accounts": "the accounts already proved (_closing only)",
    "findings": "the sentences that failed and why, numbered (_repair only)",
    "statements": "the statements to be judged, numbered, each with its evidence (_judge only)",
}
_EVERYWHERE = {"topic", "language", "outlets"}
_ALLOWED: dict[str, set[str]] = {
    "_system": {"language"},
    "_articles": {"articles"},
    "_repair": {"findings", "language"},
    "_closing": {"accounts", *_EVERYWHERE},
    "_judge": {"statements", "language"},
    "papers_say": {"outlet", "topic", "language"},  # an account's call names no other outlet
    **{s.key: {"references", *_EVERYWHERE} for s in SECTIONS if s.scope is Scope.BACKGROUND},
}
_REQUIRED = {
    "_articles": {"articles"}, "_repair": {"findings"}, "_closing": {"accounts"}, "_judge": {"statements"},
    "papers_say": {"outlet"},
}  # fmt: skip
NAMES = ("_system", "_articles", "_repair", "_closing", "_judge", *(s.key for s in SECTIONS))
_PLACEHOLDER = re.compile(r"\{\{\s*([^{}]*?)\s*\}\}")


@dataclass(frozen=True, slots=True)
class Prompt:
    """One prompt file: `body` is what the model reads, `id` the first 12 hex digits of its text's SHA-256."""

    name: str
    title: str
    purpose: str
    body: str
    id: str
    path: Path


@dataclass(frozen=True, slots=True)
class Prompts:
    """All prompts of a run, by name."""

    by_name: Mapping[str, Prompt]

    @property
    def ids(self) -> dict[str, str]:
        """Prompt name to id, as it is written into every briefing."""
        return {name: prompt.id for name, prompt in self.by_name.items()}


def load_prompts(folder: Path | None = None) -> Prompts:
    """Read every prompt; a file missing from `folder` is taken from the shipped ones.

    Raises InputError (exit 3) with file, line and the nearest name, before any call.
    """
    shipped = data_folder("prompts")
    if folder is None:
        return Prompts({name: read_prompt(shipped / f"{name}.md") for name in NAMES})
    if not folder.is_dir():
        raise InputError(f"{folder} is no folder of prompts", hint=f"copy {shipped} and edit the copy")
    for path in sorted(folder.glob("*.md")):
        if path.stem not in NAMES:
            raise InputError(
                f"{path} is no prompt of briefer{did_you_mean(path.stem, NAMES)}", hint="rename or remove it"
            )
    chosen = {name: folder if (folder / f"{name}.md").exists() else shipped for name in NAMES}
    return Prompts({name: read_prompt(home / f"{name}.md") for name, home in chosen.items()})


def read_prompt(path: Path) -> Prompt:
    """Read and check one prompt file; raises InputError with file, line and what to write instead."""
    try:
        text = path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror}", hint="check the path and its permissions"
        ) from None
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8: byte {error.start}", hint="save it again as UTF-8") from None
    name = path.stem
    try:
        headed = split_header(text)
    except HeaderError as error:
        raise InputError(f"{path}, line {error.line}: {error}", hint="write title: …, purpose: …") from None
    for key, line in headed.lines.items():
        if key not in HEADER_KEYS:
            raise InputError(
                f"{path}, line {line}: P001 unknown header key “{key}”{did_you_mean(key, HEADER_KEYS)}",
                hint=f"the header takes {' and '.join(HEADER_KEYS)}",
            )
    body = headed.body.strip()
    _check_placeholders(path, name, headed.body, headed.offset)
    if not body:
        raise InputError(f"{path} holds no instructions", hint="write what the section is for below the header")
    normal = "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n"))
    digest = hashlib.sha256(normal.encode()).hexdigest()[:12]
    title = headed.fields.get("title", name)
    return Prompt(name, title, headed.fields.get("purpose", ""), body, digest, path)


def _check_placeholders(path: Path, name: str, body: str, offset: int) -> None:
    allowed = _ALLOWED.get(name, _EVERYWHERE)
    used = set()
    for match in _PLACEHOLDER.finditer(body):
        line = offset + body.count("\n", 0, match.start())
        used.add(match[1])
        if match[1] not in allowed:
            known = "" if match[1] in PLACEHOLDERS else did_you_mean(match[1], allowed)
            reason = "unknown placeholder" if match[1] not in PLACEHOLDERS else "this file cannot use the placeholder"
            raise InputError(
                f"{path}, line {line}: P001 {reason} “{{{{ {inert(match[1])[:40]} }}}}”{known}",
                hint=f"this file can use {', '.join(sorted(allowed))}",
            )
    left = _PLACEHOLDER.sub(lambda match: "\n" * match[0].count("\n"), body)
    if "{{" in left:
        line = offset + left.count("\n", 0, left.index("{{"))
        raise InputError(f"{path}, line {line}: P001 “{{{{” opens no placeholder", hint="close it, as in {{ topic }}")
    for missing in _REQUIRED.get(name, set()) - used:
        raise InputError(
            f"{path}: P001 the placeholder “{{{{ {missing} }}}}” is missing", hint="put it where the text shall stand"
        )


def fill(body: str, values: Mapping[str, str]) -> str:
    """Replace the placeholders of `body` in one pass; the values are never scanned."""
    return _PLACEHOLDER.sub(lambda match: values[match[1]], body)
