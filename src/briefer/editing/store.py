"""Every prompt text that was ever run or kept by the desk: once by its id, with the moments at which it was in force.

Beside the run folders stands `.briefer/prompts/`: `<key>/<id>.md` holds a text, a line of `log.jsonl` says that from
a moment on a file held it. Texts are written whole or not at all and never changed; a line is one write at the end of
the log. So any number of processes keep side by side without a lock, and what is damaged is left out.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from briefer.calls import canonical_json
from briefer.data import data_folder
from briefer.disk import make_folder, open_plain, storing, write_atomic
from briefer.prompts import Prompts, text_id

SHIPPED = "shipped"


@dataclass(frozen=True, slots=True)
class Moment:
    """From `at` on the file `file` of the prompt `name` held the text `id`: it was `run` or `kept`."""

    at: datetime
    name: str
    id: str
    file: str
    why: str


@dataclass(frozen=True, slots=True)
class Store:
    """The kept texts below a project's folder `root`, where `.briefer/runs/` is as well."""

    root: Path

    @property
    def folder(self) -> Path:
        """Where the texts are."""
        return self.root / ".briefer" / "prompts"

    def keep(self, prompts: Iterable[tuple[str, str, str]], why: str) -> None:
        """Keep texts, given as prompt, file and normal text; what is kept already is not written again.

        Raises `StorageError`.
        """
        last = {m.name: (m.file, m.id) for m in self.moments()}
        now = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")  # two of one second keep their order
        lines = b""
        for name, file, text in prompts:
            key = text_id(text)
            self._write(name, key, text)
            if last.get(name) != (file, key):
                lines += canonical_json({"at": now, "prompt": name, "id": key, "file": file, "why": why}) + b"\n"
        if lines:
            self._append(lines)

    def text(self, name: str, key: str) -> str | None:
        """Return a kept text; None if there is none, or if it is damaged."""
        try:
            text = (self.folder / name / f"{key}.md").read_bytes().decode().removesuffix("\n")
        except (OSError, UnicodeDecodeError):
            return None
        return text if text_id(text) == key else None

    def moments(self) -> list[Moment]:
        """Return all moments in order of time; lines that are damaged are left out."""
        try:
            lines = (self.folder / "log.jsonl").read_bytes().split(b"\n")
        except OSError:
            return []
        return sorted((m for line in lines if (m := _moment(line))), key=lambda m: m.at)

    def runs(self) -> Iterator[tuple[str, Mapping[str, str]]]:
        """Yield the name of each run folder, from the oldest on, and the ids of its prompts."""
        for path in sorted((self.root / ".briefer" / "runs").glob("*/run.json")):
            try:
                ids = json.loads(path.read_bytes())["prompt_ids"]
            except (OSError, ValueError, KeyError, TypeError):
                continue
            if isinstance(ids, dict):
                yield path.parent.name, ids

    def _write(self, name: str, key: str, text: str) -> None:
        if self.text(name, key) is None:
            make_folder(self.folder / name)
            write_atomic(self.folder / name / f"{key}.md", text.encode() + b"\n")

    def _append(self, lines: bytes) -> None:
        with storing(f"cannot write to {self.folder}"):
            fd = open_plain(self.folder / "log.jsonl", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
            try:
                # The line end in front parts them from what a full disk may have cut.
                os.write(fd, b"\n" + lines)
                os.fsync(fd)
            finally:
                os.close(fd)

    def place(self, path: Path) -> str:
        """Return how the log names a file: seen from the project's folder, so that the folder can be moved."""
        if path.resolve().parent == data_folder("prompts").resolve():
            return SHIPPED
        return os.path.relpath(path.resolve(), self.root.resolve())


def keep_run(root: Path, prompts: Prompts) -> None:
    """Keep the prompts of a run; raises `StorageError`."""
    store = Store(root)
    store.keep(((p.name, store.place(p.path), p.text) for p in prompts.by_name.values()), "run")


def _moment(line: bytes) -> Moment | None:
    try:
        found = json.loads(line)
        at = datetime.fromisoformat(found["at"]).replace(tzinfo=UTC)
        name, key, file, why = (str(found[part]) for part in ("prompt", "id", "file", "why"))
        return Moment(at, name, key, file, why)
    except (ValueError, KeyError, TypeError):
        return None
