"""Strikes a run at one operation on its files, runs the same command again, and holds what is promised then."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import takewhile
from pathlib import Path
from types import TracebackType
from typing import Any

from briefer.calls import canonical_json
from briefer.journal import Journal, Status
from briefer.records import scan
from tests.cli.command import clean
from tests.cli.desk import Model, bridge
from tests.crash.faults import KILLS, Fault
from tests.fake import block
from tests.server import Answer, Loopback, Received

ROOT = Path(__file__).parent.parent.parent
# One sentence that is asked for again, so that a run has calls in a row as well as side by side.
REPAIRED = {"whats_happened": {"blocks": [block(("About 19,000 vehicles use the bridge each day.", ["A1.3"]))]}}
WORKERS = (1, 8)
_PAUSE = 0.01  # before each answer, so that calls are under way together


@dataclass(frozen=True)
class Strike:
    """A fault at an operation of a run with so many workers; `after` is where an earlier run was killed."""

    workers: int
    fault: Fault
    at: int
    after: int = 0
    without_locks: bool = False

    def __str__(self) -> str:
        again = f", resumed after {self.after}" if self.after else ""
        return f"{self.fault} at {self.at} ({self.workers} workers{again})"


class What(StrEnum):
    """What is counted, for each fault and number of workers; all but the first two are to be nothing."""

    TRIED = "struck"
    REPEATED = "calls under way repeated"
    LOST = "journaled replies lost"
    TWICE = "paid twice"
    UNEQUAL = "briefings unequal"


@dataclass
class Count:
    """What was tried and what came of it; `wrong` are the promises that were broken, in words."""

    numbers: Counter[tuple[What, Fault, int]] = field(default_factory=Counter)
    wrong: list[str] = field(default_factory=list)

    def add(self, other: Count) -> None:
        """Add what another bench counted."""
        self.numbers += other.numbers
        self.wrong += other.wrong

    def note(self, what: What, strike: Strike, number: int = 1) -> None:
        """Count something for a strike."""
        self.numbers[what, strike.fault, strike.workers] += number

    def sum(self, what: What, faults: Iterable[Fault] = Fault, workers: Iterable[int] = WORKERS) -> int:
        """Return how often something was counted, for these faults and workers together."""
        return sum(self.numbers[what, fault, number] for fault in faults for number in workers)


@dataclass(frozen=True)
class Ended:
    """How a run ended: its code, what it said, what the server was asked, by digest, and the operations it made."""

    code: int
    err: str
    asked: Counter[str]
    operations: list[str]

    @property
    def struck(self) -> bool:
        """Whether the fault was met."""
        return self.code == -9 or "struck" in self.operations


class Bench:
    """A server and a process that copies itself, for one strike after the other in `folder`."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.count = Count()
        self._server = Loopback()
        self._model = Model(self._server, REPAIRED)
        answer = self._model._answer
        self._asked: Counter[str] = Counter()

        def counted(request: Received) -> Answer:
            self._asked[_digest(request)] += 1
            answered = answer(request)
            assert isinstance(answered, bytes)
            return [_PAUSE, answered]

        self._server.handle(counted)
        self._clone = subprocess.Popen(
            [sys.executable, "-m", "tests.crash.clone"],
            cwd=ROOT,
            env={**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "src")])},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        self._unbroken: dict[int, tuple[bytes, bytes, Ended]] = {}

    def __enter__(self) -> Bench:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._clone.communicate()
        self._server.close()

    def unbroken(self, workers: int) -> Ended:
        """Return how a run ends that nothing happens to."""
        if workers not in self._unbroken:
            self._fresh()
            ended = self._run(Strike(workers, Fault.NONE, 0))
            assert ended.code == 0, ended.err
            self._unbroken[workers] = (*self._written(), ended)
        return self._unbroken[workers][2]

    def strike(self, strike: Strike) -> bool:
        """Strike, run again, and count what is not as promised; False if the run ended before that operation."""
        self.unbroken(strike.workers)
        self._fresh()
        before: Counter[str] = Counter()
        if strike.after:
            first = self._run(replace(strike, fault=Fault.AFTER, at=strike.after))
            if not first.struck:
                return False
            assert first.code == -9, first.err
            before = self._held()
        ended = self._run(strike)
        if not ended.struck:
            return False
        self.count.note(What.TRIED, strike)
        held = self._held()
        told = self._unanswered()
        again = self._run(replace(strike, fault=Fault.NONE))
        problems = [
            *self._of_codes(strike, ended, again),
            *self._of_calls(strike, ended, again, before=before, held=held),
            *self._of_traces(strike, ended, again, told=told, held=held),
            *self._of_files(strike),
        ]
        self.count.wrong += [f"{strike}: {problem}" for problem in problems]
        return True

    def _of_codes(self, strike: Strike, ended: Ended, again: Ended) -> list[str]:
        allowed = [-9] if strike.fault in KILLS else [7]
        if strike.fault in (Fault.ERROR_WRITE, Fault.ERROR_SYNC):
            allowed.append(0)
        wrong = [] if ended.code in allowed else [f"exit {ended.code}: {ended.err}"]
        if "Traceback" in ended.err + again.err:
            wrong.append("a traceback")
        return wrong if again.code == 0 else [*wrong, f"the same command again: exit {again.code}: {again.err}"]

    def _of_calls(
        self, strike: Strike, ended: Ended, again: Ended, *, before: Counter[str], held: Counter[str]
    ) -> list[str]:
        wrong = []
        lost = before - held
        twice = Counter({key: again.asked[key] for key in held if again.asked[key]})
        twice += Counter({key: ended.asked[key] for key in before if ended.asked[key]})
        repeated = ended.asked & again.asked
        self.count.note(What.LOST, strike, lost.total())
        self.count.note(What.TWICE, strike, twice.total())
        self.count.note(What.REPEATED, strike, repeated.total())
        if lost or twice:
            wrong.append(f"{lost.total()} journaled replies lost, {twice.total()} paid twice")
        # A disk that fails leaves time to keep what arrives; only a kill may cost the calls under way.
        bound = strike.workers if strike.fault in KILLS else 0
        # A reply that waits for the disk holds up no other call, and a power cut takes it too.
        bound += _unsynced(ended.operations[: strike.at - 1]) if strike.fault is Fault.POWER else 0
        if repeated.total() > bound:
            wrong.append(f"{repeated.total()} calls repeated")
        everything = self.unbroken(strike.workers).asked
        if held + again.asked != everything:
            wrong.append("what was held and what was asked for again are not the whole")
        return wrong

    def _of_traces(
        self, strike: Strike, ended: Ended, again: Ended, *, told: Counter[str], held: Counter[str]
    ) -> list[str]:
        """A call that was sent and has no record must be told of; a power cut may take the note with it."""
        if strike.fault is Fault.POWER:
            return []
        untold = (ended.asked - held) - told
        wrong = [f"{untold.total()} calls may have been billed and nothing says so"] if untold else []
        if bool(told) is not ("may have been billed" in again.err):
            wrong.append(f"{told.total()} calls without an outcome, and the next run says: {again.err}")
        return wrong

    def _of_files(self, strike: Strike) -> list[str]:
        wrong = []
        if self._written() != self._unbroken[strike.workers][:2]:
            self.count.note(What.UNEQUAL, strike)
            wrong.append("the briefing is not the unbroken run's")
        left = [path.name for path in self._cwd.rglob(".briefer/runs/*/.*.tmp")]
        left += [path.name for path in self._spill.iterdir()]
        if left:
            wrong.append(f"left behind: {left}")
        return wrong

    @property
    def _cwd(self) -> Path:
        return self.folder / "cwd"

    @property
    def _spill(self) -> Path:
        return self.folder / "spill"

    def _fresh(self) -> None:
        for path in (self._cwd, self._spill):
            shutil.rmtree(path, ignore_errors=True)
            path.mkdir(parents=True)
        bridge(self._cwd)

    def _run(self, strike: Strike) -> Ended:
        self._asked.clear()
        said = {name: self.folder / name for name in ("out", "err", "log")}
        for path in said.values():
            path.unlink(missing_ok=True)
        settings = {"BRIEFER_CONCURRENCY": str(strike.workers), "TMPDIR": str(self._spill)}
        job: dict[str, Any] = {
            "args": ["summarize", "bundle.json", "-o", "out.json"],
            "cwd": str(self._cwd),
            "env": clean({**self._model.env, **settings}),
            "fault": strike.fault,
            "at": strike.at,
            "without_locks": strike.without_locks,
            **{name: str(path) for name, path in said.items()},
        }
        assert self._clone.stdin is not None
        assert self._clone.stdout is not None
        self._clone.stdin.write(json.dumps(job) + "\n")
        self._clone.stdin.flush()
        code = int(self._clone.stdout.readline())
        self._server.drain()  # a call that was sent just before a kill belongs to this run, not to the next
        return Ended(code, said["err"].read_text(), Counter(self._asked), said["log"].read_text().splitlines())

    def _journal(self) -> Journal:
        """What is on disk, in the run folder and in the spill, as the next run would read it."""
        found = list(self._cwd.glob(".briefer/runs/*/calls.jsonl"))
        journal = Journal.read(found[0]) if found else Journal(self._cwd / "none")
        for path in self._spill.iterdir():
            journal._take(scan(path.read_bytes(), path))
        return journal

    def _held(self) -> Counter[str]:
        """The good replies that are on disk."""
        return Counter({record.key: 1 for record in self._journal().records if record.status is Status.OK})

    def _unanswered(self) -> Counter[str]:
        return Counter(record.key for record in self._journal().unanswered)

    def _written(self) -> tuple[bytes, bytes]:
        [briefing] = self._cwd.glob(".briefer/runs/*/briefing.json")
        return briefing.read_bytes(), (self._cwd / "out.json").read_bytes()


def _unsynced(operations: Sequence[str]) -> int:
    """Return how many records the journal got after its last fsync."""
    done = (line.split()[1:] for line in reversed(operations))
    return sum(operation == ["write", "calls.jsonl"] for operation in takewhile(_no_sync, done))


def _no_sync(operation: list[str]) -> bool:
    return operation != ["fsync", "calls.jsonl"]


def _digest(request: Received) -> str:
    """The digest of a request as the journal has it, from what came over the wire."""
    asked = request.json
    schema = asked["response_format"]["json_schema"]["schema"]
    canonical = {"messages": asked["messages"], "model": asked["model"], "schema": schema}
    return hashlib.sha256(canonical_json(canonical)).hexdigest()
