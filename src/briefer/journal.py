"""The journal: each reply's raw bytes, on disk before they are parsed.

One format serves as run journal, replay tape and cache: JSON Lines, one record a line,
`{"bytes":N,"record":{...},"sha256":"..."}`, where N and the digest are those of the record's
canonical JSON. A torn tail is cut, a damaged record set aside; neither fuses with its neighbour.
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from briefer.calls import canonical_json
from briefer.disk import append_line, open_plain, storing, sync_folder, try_lock
from briefer.errors import BusyError, InputError, StorageError

VERSION = 1


class Status(StrEnum):
    """What came back; only `OK` is ever served again."""

    OK = "ok"
    REFUSED = "refused"
    TRUNCATED = "truncated"
    EMPTY = "empty"
    MALFORMED = "malformed"
    HTTP = "http"  # an error answer, or no connection: nothing was billed
    UNKNOWN = "unknown"  # broken off: it may have been billed


@dataclass(frozen=True, slots=True)
class Record:
    """One attempt at a call: `key` is the request's digest, `at` UTC in ISO 8601, `body` the raw reply."""

    key: str
    status: Status
    section: str
    outlet: str | None
    round: str
    model: str
    at: str
    http: int | None
    body: bytes
    seconds: float
    repeat: int = 0

    def as_json(self) -> dict[str, Any]:
        """Return the record as it is written; a body that is not UTF-8 becomes base64 and says so."""
        fields: dict[str, Any] = {name: getattr(self, name) for name in self.__slots__}
        try:
            fields["body"] = self.body.decode()
        except UnicodeDecodeError:
            fields |= {"body": base64.b64encode(self.body).decode(), "encoding": "base64"}
        return {"v": VERSION, **fields}

    @classmethod
    def from_json(cls, fields: Mapping[str, Any]) -> Record:
        """Read a record; `ValueError`, `TypeError` or `KeyError` if it is not one. Unknown fields are left aside."""
        body = fields["body"]
        raw = base64.b64decode(body, validate=True) if fields.get("encoding") == "base64" else body.encode()
        known = {name: fields[name] for name in cls.__slots__ if name in fields}
        return cls(**(known | {"key": str(fields["key"]), "body": raw, "status": Status(fields["status"])}))


@dataclass(slots=True)
class _Scan:
    """What a journal's bytes hold: `end` is where the last whole line ends."""

    records: list[Record] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    end: int = 0
    unterminated: bool = False


class Journal:
    """Replies by request digest. Every call through the model door leaves a record here.

    `warnings` are plain sentences about what reading found damaged.
    """

    def __init__(self, path: Path, records: Sequence[Record] = (), warnings: Sequence[str] = (), fd: int = -1) -> None:
        """Use `open` or `read`; without a descriptor the journal only reads."""
        self.path = path
        self.warnings = list(warnings)
        self._records: list[Record] = []
        self._by_call: dict[tuple[str, int], list[Record]] = {}
        self._fd = fd
        self._failed = False
        for record in records:
            self._add(record)

    @classmethod
    def open(cls, path: Path) -> Journal:
        """Open for reading and appending, creating it if need be; a torn last record is cut off.

        Raises `BusyError` if another process has it open, `InputError` for a newer version,
        `StorageError` if it cannot be written.
        """
        with storing(f"cannot open the journal {path}"):
            fd = open_plain(path, os.O_RDWR | os.O_APPEND | os.O_CREAT)
        try:
            return cls._opened(path, fd)
        except BaseException:
            os.close(fd)
            raise

    @classmethod
    def _opened(cls, path: Path, fd: int) -> Journal:
        with storing(f"cannot open the journal {path}"):
            if not try_lock(fd):
                raise BusyError(f"another process writes to {path}", hint="wait for it to end, or stop it")
            sync_folder(path.parent)
            data = path.read_bytes()
            scan = _scan(data, path)
            if scan.unterminated:
                append_line(fd, b"\n")
            elif scan.end < len(data):
                os.ftruncate(fd, scan.end)
                os.fsync(fd)
        return cls(path, scan.records, scan.warnings, fd)

    @classmethod
    def read(cls, path: Path) -> Journal:
        """Open a tape for reading only; the file is not touched. Raises `InputError` if it cannot be read."""
        try:
            data = path.read_bytes()
        except OSError as error:
            raise InputError(
                f"cannot read the tape {path}: {(error.strerror or str(error)).lower()}",
                hint="check the path, or record one with --record",
            ) from error
        scan = _scan(data, path)
        return cls(path, scan.records, scan.warnings)

    @property
    def records(self) -> Sequence[Record]:
        """All records in the order in which they were written."""
        return tuple(self._records)

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
        """Raise `StorageError` if nothing can be recorded here: ask before paying for a call."""
        if self._fd < 0:
            raise StorageError(f"{self.path} is open for reading only", hint="open it with Journal.open")
        if self._failed:
            raise StorageError(
                f"cannot write to {self.path} since an earlier write failed",
                hint="check the disk, then run the same command again",
                safe="every reply that was recorded before is still there",
            )

    def append(self, record: Record) -> None:
        """Write one record and wait until the disk has it. Raises `StorageError`, and from then on always.

        After a failed fsync the kernel may forget which pages were dirty, so a second fsync
        that succeeds proves nothing (the PostgreSQL "fsyncgate" finding of 2018).
        """
        self.ready()
        try:
            with storing(f"cannot write to {self.path}"):
                append_line(self._fd, encode(record))
        except StorageError:
            self._failed = True
            raise
        self._add(record)

    def close(self) -> None:
        """Close the file and give its lock back; closing twice is fine."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def _add(self, record: Record) -> None:
        self._records.append(record)
        self._by_call.setdefault((record.key, record.repeat), []).append(record)


def encode(record: Record) -> bytes:
    """Return a record's line, ASCII only, with its newline."""
    content = canonical_json(record.as_json())
    return b'{"bytes":%d,"record":%s,"sha256":"%s"}\n' % (
        len(content),
        content,
        hashlib.sha256(content).hexdigest().encode(),
    )


def _scan(data: bytes, path: Path) -> _Scan:
    # Only b"\n" ends a line: str.splitlines() would also split at U+2028 and U+0085 inside a body.
    *lines, tail = data.split(b"\n")
    scan = _Scan(end=len(data) - len(tail))
    offset = 0
    for line in lines:
        record = _decode(line, path)
        if record is not None:
            scan.records.append(record)
        elif line.strip():
            scan.warnings.append(
                f"{path.name}: the record at byte {offset} is damaged and set aside; its call is made again"
            )
        offset += len(line) + 1
    if not tail:
        return scan
    last = _decode(tail, path)
    if last is not None:  # only its newline is missing
        scan.records.append(last)
        scan.unterminated = True
    else:
        scan.warnings.append(
            f"{path.name}: the last record was cut short at byte {len(data)} and is left out; its call is made again"
        )
    return scan


def _decode(line: bytes, path: Path) -> Record | None:
    """Return the record of a line, None if it is damaged; `InputError` if a newer briefer wrote it."""
    try:
        envelope = json.loads(line)
        fields = envelope["record"]
        content = canonical_json(fields)
        whole = (len(content), hashlib.sha256(content).hexdigest()) == (envelope["bytes"], envelope["sha256"])
        if not whole:
            return None
        if fields["v"] > VERSION:
            raise InputError(
                f"{path} is of format {fields['v']}, and this briefer reads up to {VERSION}",
                hint="use the newer briefer that wrote it, or another run folder",
            )
        return Record.from_json(fields)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None
