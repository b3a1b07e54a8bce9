"""Where a fault is played: a folder with the bundle of tests/fake.py, a server, and the command between them."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from briefer.journal import Journal, Record
from tests.cli.command import Outcome, run, run_folder, start
from tests.cli.desk import KEY, REPLIES, Model, bridge
from tests.faults.row import Fault
from tests.server import Answer, Loopback

# Short enough for a test, long enough for a busy machine. One call at a time, so that the order is known.
LIMITS = {
    "BRIEFER_ATTEMPTS": "3",
    "BRIEFER_DEADLINE": "20",
    "BRIEFER_MAX_WAIT": "0.05",
    "BRIEFER_CONCURRENCY": "1",
}


# The high-water mark of a process's own memory, in kB.
_WEIGH = """
import atexit, re
def weigh():
    with open("/proc/self/status") as status, open({path!r}, "w") as found:
        found.write(re.search(r"VmHWM:\\s+(\\d+)", status.read())[1])
atexit.register(weigh)
"""


@dataclass
class Stage:
    """One fault's folder, server and command."""

    fault: Fault
    cwd: Path
    server: Loopback
    model: Model
    env: dict[str, str] = field(default_factory=dict)

    @classmethod
    def set(cls, fault: Fault, cwd: Path, server: Loopback) -> Stage:
        """Set everything up, the server ready to misbehave."""
        bridge(cwd)
        model = Model(server, {call: _in_turn(answers) for call, answers in fault.answers.items()})
        stage = cls(fault, cwd, server, model)
        stage.env.update(LIMITS, BRIEFER_API_KEY=KEY, **fault.env)
        return stage

    @property
    def arguments(self) -> list[str]:
        """The command line of the row."""
        sections = [word for key in self.fault.sections for word in ("--section", key)]
        command = ["batch", self.fault.bundles, "-o", "out"] if self.fault.bundles else ["summarize", "bundle.json"]
        return [*command, *self.address, *sections, *self.fault.args]

    @property
    def address(self) -> list[str]:
        """The options that name the model."""
        return ["--model", "m", "--base-url", self.server.base_url]

    @property
    def host(self) -> str:
        """The server as messages name it."""
        return f"127.0.0.1:{self.server.port}"

    def with_code(self, code: str) -> dict[str, str]:
        """Return the environment in which Python runs `code` before the command: for faults of machine or program."""
        path = self.cwd / "machine"
        path.mkdir(exist_ok=True)
        (path / "sitecustomize.py").write_text(code)
        return {"PYTHONPATH": str(path)}

    def begin(self, call: str = "topics", answer: Any = (60.0,), **options: Any) -> subprocess.Popen[bytes]:
        """Start the row's command while a call hangs, or is answered so, and wait until it is made."""
        self.model.replies[call] = answer
        process = start(*self.arguments, cwd=self.cwd, env=self.env, **options)
        deadline = time.monotonic() + 30
        while call not in self.model.asked:
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < deadline
            time.sleep(0.01)
        return process

    def run(self, *more: str, env: Mapping[str, str] | None = None) -> Outcome:
        """Run the row's command to its end."""
        return run(*self.arguments, *more, cwd=self.cwd, env={**self.env, **(env or {})})

    def weighed(self) -> tuple[Outcome, float]:
        """Run the row's command to its end, and return the most memory in MB that it had.

        It writes that down itself: what the system counts of a child begins with what its parent had.
        """
        found = self.cwd / "memory.txt"
        outcome = self.run(env=self.with_code(_WEIGH.format(path=str(found))))
        return outcome, int(found.read_text()) / 1024

    def mend(self) -> None:
        """Let the server answer well from now on, and forget what it was asked."""
        self.model.replies = dict(REPLIES)
        self.model.asked.clear()
        if self.fault.mend:
            self.fault.mend(self)

    @property
    def journals(self) -> list[Path]:
        """The journals of all runs."""
        return sorted([*self.cwd.glob(".briefer/runs/*/calls.jsonl"), *self.cwd.glob("out/runs/*/*/calls.jsonl")])

    @property
    def journal(self) -> Path:
        """The journal of the only run."""
        return run_folder(self.cwd) / "calls.jsonl"

    @property
    def records(self) -> Sequence[Record]:
        """What the journal holds."""
        return Journal.read(self.journal).records

    @property
    def statuses(self) -> dict[str, str]:
        """What the journal holds of each call, by the names of tests/cli/desk.py."""
        found: dict[str, str] = {}
        for record in self.records:
            call = record.section + (f"/{record.outlet}" if record.outlet else "")
            call += "" if record.round == "draft" else f":{record.round}"
            found[call] = f"{found.get(call, '')} {record.status.value}".strip()
        return found

    def gaps(self, call: str = "topics") -> list[float]:
        """The seconds between the requests of one call."""
        times = [when for when, asked in zip(self.server.times, self.model.asked, strict=True) if asked == call]
        return [later - earlier for earlier, later in zip(times, times[1:], strict=False)]


def _in_turn(answers: Sequence[Any]) -> Callable[[str], Answer | Mapping[str, Any]]:
    """Give one answer to each request, the last one again and again; a function makes its answer from the token."""
    left = list(answers)

    def next_(token: str) -> Any:
        answer = left.pop(0) if len(left) > 1 else left[0]
        return answer(token) if callable(answer) else answer

    return next_
