"""Which file of each prompt is in force, and whether its text is the shipped one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from briefer.data import data_folder
from briefer.errors import InputError, UsageError
from briefer.prompts import NAMES, faults, normal, prompt_files, read_text, text_id
from briefer.suggest import did_you_mean


@dataclass(frozen=True, slots=True)
class Standing:
    """A prompt file in force: its text as its id sees it, None if it cannot be read; `fault` says what keeps it out."""

    name: str
    path: Path
    text: str | None
    fault: str = ""

    @property
    def id(self) -> str:
        """The id of its text; "" if it cannot be read."""
        return "" if self.text is None else text_id(self.text)

    @property
    def shipped(self) -> bool:
        """Whether the file itself is the shipped one."""
        return self.path.resolve().parent == data_folder("prompts").resolve()

    @property
    def as_shipped(self) -> bool:
        """Whether its text is the shipped one, wherever it stands."""
        return self.id == shipped_id(self.name)

    @property
    def changed(self) -> datetime | None:
        """When the file was last written."""
        try:
            return datetime.fromtimestamp(self.path.stat().st_mtime, UTC)
        except OSError:
            return None


def standing(folder: Path | None) -> list[Standing]:
    """Return what is in force, one for each prompt; a file that cannot be used is there with its fault."""
    return [_look(name, path) for name, path in prompt_files(folder).items()]


def _look(name: str, path: Path) -> Standing:
    try:
        text = read_text(path)
    except InputError as error:
        return Standing(name, path, None, error.cause)
    first = next(faults(name, text), None)
    return Standing(name, path, normal(text), first.error(path).cause if first else "")


def shipped_id(name: str) -> str:
    """Return the id of a shipped prompt."""
    return text_id(shipped_text(name))


def shipped_text(name: str) -> str:
    """Return the text of a shipped prompt as its id sees it."""
    return normal(read_text(data_folder("prompts") / f"{name}.md"))


def named(key: str) -> str:
    """Return the prompt that an editor names, by its name or by its file; raises UsageError with the nearest name."""
    name = Path(key).name.removesuffix(".md")
    if name not in NAMES:
        raise UsageError(
            f"there is no prompt {key!r}{did_you_mean(name, NAMES)}", hint="briefer prompts list shows them all"
        )
    return name
