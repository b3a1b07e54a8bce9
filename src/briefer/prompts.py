"""Prompt files: reading them and naming them by their content.

A prompt file is Markdown under a flat header. Its `{{ placeholders }}` come from a short list and
are replaced in one pass; what is put in is never read again, and no role is ever made out of text.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
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
    """One prompt file: `body` is what the model reads, `text` the whole file as its id sees it.

    `id` is the first 12 hex digits of the SHA-256 of `text`.
    """

    name: str
    title: str
    purpose: str
    body: str
    text: str
    id: str
    path: Path


@dataclass(frozen=True, slots=True)
class Fault:
    """Why a text is no prompt: its line if it has one, the code if it has one, and what to write instead."""

    line: int | None
    code: str
    message: str
    hint: str

    def error(self, path: Path) -> InputError:
        """Return the error that stops a command."""
        where = f", line {self.line}:" if self.line else ":" if self.code else ""
        return InputError(f"{path}{where} {f'{self.code} ' if self.code else ''}{self.message}", hint=self.hint)


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
    return Prompts({name: read_prompt(path) for name, path in prompt_files(folder).items()})


def prompt_files(folder: Path | None = None) -> dict[str, Path]:
    """Return the file of each prompt that is in force; InputError for no folder, or a strange file in it."""
    shipped = data_folder("prompts")
    if folder is None:
        return {name: shipped / f"{name}.md" for name in NAMES}
    if not folder.is_dir():
        raise InputError(f"{folder} is no folder of prompts", hint="briefer prompts eject makes one to edit")
    for path in sorted(folder.glob("*.md")):
        if path.stem not in NAMES:
            raise InputError(
                f"{path} is no prompt of briefer{did_you_mean(path.stem, NAMES)}", hint="rename or remove it"
            )
    return {name: (folder if (folder / f"{name}.md").exists() else shipped) / f"{name}.md" for name in NAMES}


def own_prompts(folder: Path) -> bool:
    """Whether a folder holds a prompt of briefer's, by its name."""
    return any((folder / f"{name}.md").is_file() for name in NAMES)


def read_prompt(path: Path) -> Prompt:
    """Read and check one prompt file; raises InputError with file, line and what to write instead."""
    return prompt_of(path, read_text(path))


def read_text(path: Path) -> str:
    """Return a prompt file's text; raises InputError if it cannot be read or is not UTF-8."""
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise InputError(
            f"{path} cannot be read: {error.strerror}", hint="check the path and its permissions"
        ) from None
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8: byte {error.start}", hint="save it again as UTF-8") from None


def prompt_of(path: Path, text: str) -> Prompt:
    """Return the prompt that `text` makes in the file `path`; raises InputError for the first thing wrong with it."""
    for fault in faults(path.stem, text):
        raise fault.error(path)
    headed, whole = split_header(text), normal(text)
    fields = headed.fields
    title, purpose = fields.get("title", path.stem), fields.get("purpose", "")
    return Prompt(path.stem, title, purpose, headed.body.strip(), whole, text_id(whole), path)


def normal(text: str) -> str:
    """Return a file's text as its id sees it: one kind of line end, no spaces at line ends, no blank lines around."""
    return "\n".join(line.rstrip() for line in text.replace("\r\n", "\n").replace("\r", "\n").strip().split("\n"))


def text_id(text: str) -> str:
    """Return the id of a normal text."""
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def faults(name: str, text: str) -> Iterator[Fault]:
    """Yield what keeps a text from being the prompt `name`, as it is met."""
    try:
        headed = split_header(text)
    except HeaderError as error:
        yield Fault(error.line, "", str(error), "write title: …, purpose: …")
        return
    for key, line in headed.lines.items():
        if key not in HEADER_KEYS:
            message = f"unknown header key “{key}”{did_you_mean(key, HEADER_KEYS)}"
            yield Fault(line, "P001", message, f"the header takes {' and '.join(HEADER_KEYS)}")
    yield from _misplaced(name, headed.body, headed.offset)
    if not headed.body.strip():
        yield Fault(None, "", "holds no instructions", "write what the section is for below the header")


def _misplaced(name: str, body: str, offset: int) -> Iterator[Fault]:
    allowed = _ALLOWED.get(name, _EVERYWHERE)
    used = set()
    for match in _PLACEHOLDER.finditer(body):
        line = offset + body.count("\n", 0, match.start())
        used.add(match[1])
        if match[1] not in allowed:
            known = "" if match[1] in PLACEHOLDERS else did_you_mean(match[1], allowed)
            reason = "unknown placeholder" if match[1] not in PLACEHOLDERS else "this file cannot use the placeholder"
            message = f"{reason} “{{{{ {inert(match[1])[:40]} }}}}”{known}"
            yield Fault(line, "P001", message, f"this file can use {', '.join(sorted(allowed))}")
    left = _PLACEHOLDER.sub(lambda match: "\n" * match[0].count("\n"), body)
    if "{{" in left:
        line = offset + left.count("\n", 0, left.index("{{"))
        yield Fault(line, "P001", "“{{” opens no placeholder", "close it, as in {{ topic }}")
    for missing in sorted(_REQUIRED.get(name, set()) - used):
        message = f"the placeholder “{{{{ {missing} }}}}” is missing"
        yield Fault(None, "P001", message, "put it where the text shall stand")


def fill(body: str, values: Mapping[str, str]) -> str:
    """Replace the placeholders of `body` in one pass; the values are never scanned."""
    return _PLACEHOLDER.sub(lambda match: values[match[1]], body)
