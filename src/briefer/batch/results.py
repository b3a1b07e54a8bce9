"""A provider's results, in any order, put into the journals of the runs that asked for them."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from itertools import groupby
from pathlib import Path
from typing import Any

from briefer.batch.mailbook import Entry, Mailbook
from briefer.errors import InputError
from briefer.journal import Journal, Record, Status
from briefer.models.chat import read_reply
from briefer.spill import Spill


@dataclass(slots=True)
class Taken:
    """What import found: replies recorded, failures recorded, known before, of other batches, damaged lines."""

    recorded: int = 0
    failed: int = 0
    known: int = 0
    strange: int = 0
    damaged: int = 0
    reasons: dict[str, int] = field(default_factory=dict)


def take_in(paths: Sequence[Path], folder: Path, book: Mailbook, spill: Path | None = None) -> Taken:
    """Record the results of `paths` in the run folders below `folder`.

    A result that was recorded before is left alone. Raises InputError for a file that cannot be read; a line that is
    no result (such as the last one of a download that broke off) is counted, and the others are taken.
    """
    taken = Taken()
    book.arrived(_found(paths, taken))
    taken.strange, taken.known = book.strangers(), book.known()
    for run, results in groupby(book.by_run(), key=lambda result: result[0].run):
        path = folder / run / "calls.jsonl"
        with closing(Journal.open(path, Spill(path.parent.name, spill))) as journal:
            answered = [_take(journal, entry, file, place, taken) for entry, file, place in results]
        book.answered(answered)
    return taken


def _found(paths: Sequence[Path], taken: Taken) -> Iterator[tuple[str, str, int]]:
    for path in paths:
        try:
            with path.open("rb") as file:
                place = 0
                for line in file:
                    id_ = _id(line)
                    if id_:
                        yield id_, str(path), place
                    elif line.strip():
                        taken.damaged += 1
                    place += len(line)
        except OSError as error:
            raise InputError(
                f"{path} cannot be read: {error.strerror}", hint="name the files of results that the provider gave"
            ) from error


def _id(line: bytes) -> str:
    try:
        id_ = json.loads(line)["custom_id"]
    except (ValueError, KeyError, TypeError, RecursionError):
        return ""
    return id_ if isinstance(id_, str) else ""


def _take(journal: Journal, entry: Entry, file: str, place: int, taken: Taken) -> str:
    """Record one result and return its custom id."""
    if journal.find(entry.key, entry.repeat):  # recorded, and killed before the book was written
        taken.known += 1
        return entry.id
    with open(file, "rb") as results:
        results.seek(place)
        result = json.loads(results.readline())
    status, http, body = _outcome(result)
    record = Record(
        key=entry.key,
        status=status,
        section=entry.section,
        outlet=entry.outlet,
        round=entry.round,
        model=entry.model,
        at=datetime.now(UTC).isoformat(timespec="seconds"),
        http=http,
        body=body,
        seconds=0.0,
        repeat=entry.repeat,
    )
    journal.append(record)
    if status is Status.OK:
        taken.recorded += 1
    else:
        taken.failed += 1
        reason = _reason(result, status)
        taken.reasons[reason] = taken.reasons.get(reason, 0) + 1
    return entry.id


def _outcome(result: Mapping[str, Any]) -> tuple[Status, int | None, bytes]:
    """Return the journal's status of a result, its HTTP status and its body."""
    response = result.get("response")
    if not isinstance(response, Mapping):
        return Status.HTTP, None, _dumped({"error": result.get("error"), "id": result.get("id")})
    http, body = response.get("status_code"), _dumped(response.get("body"))
    http = http if isinstance(http, int) and not isinstance(http, bool) else None
    if http is None or not 200 <= http < 300:
        return Status.HTTP, http, body
    return read_reply(body).status, http, body


def _reason(result: Mapping[str, Any], status: Status) -> str:
    error = result.get("error")
    response = result.get("response")
    if isinstance(error, Mapping) and error.get("code"):
        return str(error["code"])[:60]
    if status is Status.HTTP and isinstance(response, Mapping):
        return f"HTTP {str(response.get('status_code'))[:10]}"
    return str(status)


def _dumped(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=True).encode("ascii")
