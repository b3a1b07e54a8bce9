"""Requests as files that a provider's batch takes: JSON Lines, as long and as large as it allows."""

from __future__ import annotations

import hashlib
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from briefer.batch.mailbook import Entry, Mailbook, Sheet
from briefer.disk import make_folder, storing, write_atomic
from briefer.models.post import Letter

FOLDER = "provider"
URL = "/v1/chat/completions"
# OpenAI's limits for one file: 50,000 requests and 200 MB; one model.
MOST_REQUESTS = 50_000
MOST_BYTES = 190_000_000


@dataclass(slots=True)
class Outbox:
    """The requests of one round on their way into files below `folder`; `written` are the files."""

    folder: Path
    book: Mailbook
    most_requests: int = MOST_REQUESTS
    most_bytes: int = MOST_BYTES
    written: list[Sheet] = field(default_factory=list)
    still_out: int = 0
    _open: dict[str, _Open] = field(default_factory=dict)

    def send(self, letter: Letter) -> None:
        """Put a request into a file, unless it was sent before and its answer has not come."""
        run = letter.journal.path.parent
        id_ = f"{run.name}-{letter.repeat}-{letter.key[:32]}"
        if self.book.is_out(id_):
            self.still_out += 1
            return
        line = b'{"custom_id":"%s","method":"POST","url":"%s","body":%s}\n' % (id_.encode(), URL.encode(), letter.body)
        sheet = self._open.setdefault(letter.model, _Open())
        if sheet.lines and (len(sheet.lines) >= self.most_requests or sheet.size + len(line) > self.most_bytes):
            self._write(letter.model)
            sheet = self._open.setdefault(letter.model, _Open())
        asked = letter.request
        where = run.relative_to(self.folder).as_posix()
        entry = Entry(id_, where, letter.key, letter.repeat, asked.section, asked.outlet, asked.round, letter.model)
        sheet.lines.append(line)
        sheet.entries.append(entry)
        sheet.size += len(line)

    def close(self) -> None:
        """Write what is left."""
        for model in list(self._open):
            self._write(model)

    def _write(self, model: str) -> None:
        sheet = self._open.pop(model)
        if not sheet.lines:
            return
        number = len(self.book.sheets()) + 1
        path = self.folder / FOLDER / f"requests-{number:03}.jsonl"
        make_folder(path.parent)
        data = b"".join(sheet.lines)
        write_atomic(path, data)
        noted = Sheet(f"{FOLDER}/{path.name}", model, len(sheet.lines), hashlib.sha256(data).hexdigest())
        try:
            self.book.sent(noted, sheet.entries)
        except BaseException:
            with suppress(OSError), storing(f"cannot remove {path}"):
                path.unlink()  # requests that are not in the book must not be sent
            raise
        self.written.append(noted)


@dataclass(slots=True)
class _Open:
    lines: list[bytes] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    size: int = 0
