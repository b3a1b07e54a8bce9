"""Records: one attempt at a call as one line, whole by its length and digest; written and read here only.

`{"bytes":N,"record":{...},"sha256":"..."}`, where N and the digest are those of the record's
canonical JSON. Run journal, replay tape, cache and spill are files of such lines.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any

from briefer.calls import canonical_json
from briefer.errors import InputError

VERSION = 1


class Status(StrEnum):
    """What came back, or `SENT` before anything could; only `OK` is ever served again."""

    OK = "ok"
    REFUSED = "refused"
    TRUNCATED = "truncated"
    EMPTY = "empty"
    MALFORMED = "malformed"
    HTTP = "http"  # an error answer, or no connection: nothing was billed
    UNKNOWN = "unknown"  # broken off: it may have been billed
    SENT = "sent"  # about to be sent, and nothing is known yet


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

    @property
    def call_name(self) -> str:
        """The call as people name it: its section and outlet, and its round unless that is the first."""
        name = f"{self.section}/{self.outlet}" if self.outlet else self.section
        return name if self.round == "draft" else f"{name} ({self.round})"

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
class Scan:
    """What a file's bytes hold: `end` is where the last whole line ends."""

    records: list[Record] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    end: int = 0
    unterminated: bool = False


def encode(record: Record) -> bytes:
    """Return a record's line, ASCII only, with its newline."""
    content = canonical_json(record.as_json())
    return b'{"bytes":%d,"record":%s,"sha256":"%s"}\n' % (
        len(content),
        content,
        hashlib.sha256(content).hexdigest().encode(),
    )


def scan(data: bytes, path: Path) -> Scan:
    """Read a file's bytes: what is damaged is left out and named; `InputError` if a newer briefer wrote it."""
    # Only b"\n" ends a line: str.splitlines() would also split at U+2028 and U+0085 inside a body.
    *lines, tail = data.split(b"\n")
    found = Scan(end=len(data) - len(tail))
    offset = 0
    for line in lines:
        record = _decode(line, path)
        if record is not None:
            found.records.append(record)
        elif line.strip():
            found.warnings.append(
                f"{path.name}: the record at byte {offset} is damaged and set aside; its call is made again"
            )
        offset += len(line) + 1
    if not tail:
        return found
    last = _decode(tail, path)
    if last is not None:  # only its newline is missing
        found.records.append(last)
        found.unterminated = True
    else:
        found.warnings.append(
            f"{path.name}: the last record was cut short at byte {len(data)} and is left out; its call is made again"
        )
    return found


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
