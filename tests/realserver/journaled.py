"""What the run folder of a test's working folder holds of its calls."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from briefer.journal import Journal, Record, Status
from briefer.models.stream import is_stream
from tests.cli.command import run_folder


def records(cwd: Path) -> list[Record]:
    """Return every attempt at a call, in the order in which they ended."""
    runs = cwd / ".briefer" / "runs"
    tape = run_folder(cwd) / "calls.jsonl" if runs.exists() and any(p.is_dir() for p in runs.iterdir()) else None
    return list(Journal.read(tape).records) if tape and tape.exists() else []


def answered(cwd: Path) -> list[str]:
    """Return the keys of the calls that have a good reply."""
    return [record.key for record in records(cwd) if record.status is Status.OK]


def envelope(record: Record) -> Any:
    """Return the server's raw answer as JSON; of a stream its last event, which holds the counts."""
    if not is_stream(record.body):
        return json.loads(record.body)
    *_, last, done, _ = record.body.decode().split("\n\n")
    assert done == "data: [DONE]"
    return json.loads(last.removeprefix("data: "))
