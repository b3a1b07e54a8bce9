"""The journal: each reply's raw bytes, on disk before they are parsed.

One format (`records.py`) serves as run journal, replay tape and cache. A torn tail is cut, a damaged
record set aside; neither fuses with its neighbour.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from briefer.appending import Appending, parts
from briefer.disk import SAFE, open_plain, storing, sync_folder, write_line
from briefer.errors import BusyError, InputError, StorageError
from briefer.locks import lock_file
from briefer.records import Record, Scan, Status, encode, scan
from briefer.spill import Spill
from briefer.text import plural

__all__ = ["Journal", "Record", "Status", "encode"]


class Journal:
    """Replies by request digest. Every call through the model door leaves a record here.

    `warnings` are plain sentences for whoever runs it, about what reading found damaged and what the disk did since.
    """

    def __init__(self, path: Path, records: Sequence[Record] = (), warnings: Sequence[str] = ()) -> None:
        """Use `open` or `read`; a journal that was not opened only reads."""
        self.path = path
        self.warnings = list(warnings)
        self._records: list[Record] = []
        self._by_call: dict[tuple[str, int], list[Record]] = {}
        self._unanswered: dict[tuple[str, int], list[Record]] = {}
        self._seen: set[Record] = set()
        self._file: Appending | None = None
        self._under_way = 0
        self._idle = asyncio.Event()
        for record in records:
            self._add(record)

    @classmethod
    def open(cls, path: Path, spill: Spill | None = None) -> Journal:
        """Open for reading and appending, creating it if need be; a torn last record is cut off.

        What the `spill` holds of earlier runs is taken back. Raises `BusyError` if another process has
        the journal open, `InputError` for a newer version, `StorageError` if it cannot be written.
        """
        first, scanned = _open_part(path)
        journal = cls(path, scanned.records, scanned.warnings)
        journal._file = file = Appending(path, first)
        try:
            for part in parts(path):
                fd, scanned = _open_part(part)
                file.follow(fd)
                journal._take(scanned)
            with storing(f"cannot write to {path}"):
                file.ensure_safe()
            if spill:
                journal._take_back(spill, file)
                file.spill = spill
        except BaseException:
            with suppress(StorageError):
                journal.close()
            raise
        return journal

    @classmethod
    def read(cls, path: Path) -> Journal:
        """Open a tape for reading only; the file is not touched. Raises `InputError` if it cannot be read."""
        journal = cls(path)
        for part in (path, *parts(path)):
            try:
                data = part.read_bytes()
            except OSError as error:
                raise InputError(
                    f"cannot read the tape {part}: {(error.strerror or str(error)).lower()}",
                    hint="check the path, or record one with --record",
                ) from error
            journal._take(scan(data, part))
        return journal

    @property
    def records(self) -> Sequence[Record]:
        """All attempts that ended, in the order in which they were written."""
        return tuple(self._records)

    @property
    def unanswered(self) -> Sequence[Record]:
        """The calls of which it is only known that they were about to be sent: they may have been billed."""
        return tuple(record for records in self._unanswered.values() for record in records)

    def find(self, key: str, repeat: int = 0) -> Record | None:
        """Return the latest good reply to a call; never an error, a refusal or a truncated one."""
        good = (record for record in reversed(self._by_call.get((key, repeat), ())) if record.status is Status.OK)
        return next(good, None)

    def attempts(self, key: str, repeat: int = 0) -> Sequence[Record]:
        """Return the attempts that led to the latest good reply, with it at the end; all attempts if none is good."""
        records = self._by_call.get((key, repeat), [])
        good = [at + 1 for at, record in enumerate(records) if record.status is Status.OK]
        start, end = ([0, *good])[-2:] if good else (0, len(records))
        return tuple(records[start:end])

    def ready(self) -> None:
        """Raise `StorageError` if nothing can be recorded here any more: ask before paying for a call."""
        failure = self._writing().failure
        if failure:
            raise failure

    async def begin(self, sent: Record) -> None:
        """Note that a call is about to be sent, so that a kill before its reply is recorded leaves a trace.

        Handed to the kernel, without a wait for the disk: a killed process leaves it behind, and it goes to
        the disk with the next reply. Raises `StorageError` if replies can no longer be kept, once those that are
        under way have arrived: whoever hears of it stops every other call.
        """
        file = self._writing()
        if not file.failure:
            file.write(sent)
        if file.failure:
            while self._under_way:
                self._idle.clear()
                await self._idle.wait()
        self.ready()
        self._under_way += 1

    def settle(self, record: Record) -> None:
        """Write what came of a call that has begun; it can be found once it is `synced`.

        The kernel has it when this returns, so a cancelled or killed run leaves it behind as well. Raises
        `StorageError` if it can be kept nowhere.
        """
        self._under_way -= 1
        if not self._under_way:
            self._idle.set()
        self._writing().write(record)

    async def synced(self) -> None:
        """Wait until the disk has all that was written so far: those who wait together share one wait for the disk.

        Raises `StorageError` if it can be kept nowhere.
        """
        file = self._writing()
        await file.synced()
        self._note_safe(file)

    def append(self, record: Record) -> None:
        """Write one record and wait until the disk has it; `StorageError` if it can be kept nowhere."""
        self.ready()
        file = self._writing()
        file.write(record)
        file.sync()
        self._note_safe(file)

    def close(self) -> None:
        """Close the file and give its lock back; closing twice is fine. `StorageError` if a reply was kept nowhere."""
        file, self._file = self._file, None
        if file:
            try:
                file.close()
            finally:
                self._note_safe(file)

    def _writing(self) -> Appending:
        if self._file is None:
            raise StorageError(f"{self.path} is open for reading only", hint="open it with Journal.open")
        return self._file

    def _note_safe(self, file: Appending) -> None:
        for record in file.taken():
            self._add(record)
        self.warnings += file.warnings
        file.warnings.clear()

    def _take(self, scanned: Scan) -> list[Record]:
        """Add the records of a further file; what was written again after an error counts once."""
        held = frozenset(self._seen)
        new = [record for record in scanned.records if record not in held]
        for record in new:
            self._add(record)
        self.warnings += scanned.warnings
        return new

    def _take_back(self, spill: Spill, file: Appending) -> None:
        """Write what earlier runs had to leave elsewhere into the journal; only then is it removed there."""
        for path in spill.held():
            with storing(f"cannot read {path}"):
                data = path.read_bytes()
            new = self._take(scan(data, path))
            try:
                for record in new:
                    file.write(record)
                file.sync()
            except StorageError as error:
                raise StorageError(
                    f"{error.cause}, and the replies in {path} are to go there",
                    hint=f"free {len(data):,} bytes or more there, then run the same command again",
                    safe=f"{SAFE}, and {path} as well",
                ) from error
            file.taken()
            with storing(f"cannot remove {path}"):
                path.unlink()
            self.warnings.append(f"{plural(len(new), 'reply', 'replies')} taken back from {path}")

    def _add(self, record: Record) -> None:
        call = (record.key, record.repeat)
        self._seen.add(record)
        if record.status is Status.SENT:
            self._unanswered.setdefault(call, []).append(record)
            return
        if self._unanswered.get(call):
            self._unanswered[call].pop()
        self._records.append(record)
        self._by_call.setdefault(call, []).append(record)


def _open_part(path: Path) -> tuple[int, Scan]:
    """Open one part, take its lock, and cut what is torn; raises as `Journal.open`."""
    with storing(f"cannot open the journal {path}"):
        fd = open_plain(path, os.O_RDWR | os.O_APPEND | os.O_CREAT)
        try:
            if lock_file(fd) is False:
                raise BusyError(f"another process writes to {path}", hint="wait for it to end, or stop it")
            sync_folder(path.parent)
            data = path.read_bytes()
            scanned = scan(data, path)
            if scanned.unterminated:
                write_line(fd, b"\n")
            elif scanned.end < len(data):
                os.ftruncate(fd, scanned.end)
        except BaseException:
            os.close(fd)
            raise
    return fd, scanned
