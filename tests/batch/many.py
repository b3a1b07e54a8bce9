"""Many small bundles through the real command, and what is left on the disk and at the server afterwards."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from benchmarks.loopback import Server
from briefer.journal import Journal, Status
from tests.cli.command import clean

KEY = "test-key-0123456789"


def bundle(number: int) -> dict[str, Any]:
    """Return a bundle of two outlets that no other is like."""
    story = f"The bridge over the Tarn at Lindow closed on day {number} of the works. A crack was found in a girder."
    other = f"Drivers in Lindow face a detour of {number} kilometres. A meeting is planned for the town hall on Friday."
    articles = [
        {"outlet": "Tarn Gazette", "title": f"Bridge shut, day {number}", "published": "2026-03-03", "text": story},
        {"outlet": "Coast Radio", "title": f"Detour of {number} km", "published": "2026-03-04", "text": other},
    ]
    return {"id": f"bridge-{number}", "topic": "A closed bridge", "articles": articles}


def write_bundles(path: Path, count: int) -> Counter[str]:
    """Write so many lines, of which some cannot be used or stand there twice; return what should become of them."""
    expected: Counter[str] = Counter()
    with path.open("w", encoding="utf-8") as file:
        for number in range(count):
            if number % 50 == 17:
                line, status = '{"id": "cut", "articles": [{"outlet": "Tarn', "rejected"
            elif number % 50 == 31:
                line, status = json.dumps(bundle(number - 1)), "duplicate"
            else:
                line, status = json.dumps(bundle(number)), "complete"
            file.write(f"{line}\n")
            expected[status] += 1
    return expected


@dataclass(slots=True)
class Watched:
    """What a process held while it ran: memory in MiB and open files, from its first look to its last."""

    rss: list[float] = field(default_factory=list)
    files: list[int] = field(default_factory=list)
    seconds: float = 0.0

    def look(self, process: int) -> None:
        """Look at it once; a process that has just ended holds nothing."""
        try:
            status = Path(f"/proc/{process}/status").read_text()
            files = len(os.listdir(f"/proc/{process}/fd"))
        except OSError:
            return
        memory = [int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:")]
        if memory and files:
            self.rss.append(memory[0] / 1024)
            self.files.append(files)


@dataclass(frozen=True, slots=True)
class Place:
    """A batch's input and its folder, the server that it calls, and how many bundles it has in flight; `env` is added
    to the command's environment."""

    bundles: Path
    folder: Path
    server: Server
    jobs: int
    kind: str = "story/0/5"
    env: dict[str, str] = field(default_factory=dict)

    def start(self, *more: str) -> subprocess.Popen[bytes]:
        """Start the batch command."""
        command = [sys.executable, "-m", "briefer", "batch", str(self.bundles), "-o", str(self.folder)]
        asked = ["--model", "loopback", "-j", str(self.jobs), *more]
        env = clean({"BRIEFER_BASE_URL": self.server.base_url(self.kind), "BRIEFER_API_KEY": KEY})
        env["BRIEFER_ATTEMPTS"] = "6"
        return subprocess.Popen(
            [*command, *asked], env={**env, **self.env}, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    def run(self, *more: str) -> tuple[int, str, str, Watched]:
        """Run it to its end, and watch it twenty times a second."""
        watched, began, process = Watched(), time.monotonic(), self.start(*more)
        while True:
            try:
                out, err = process.communicate(timeout=0.05)
                break
            except subprocess.TimeoutExpired:
                watched.look(process.pid)
        watched.seconds = time.monotonic() - began
        return process.returncode, out.decode(), err.decode(), watched

    def kill_after(self, briefings: int) -> None:
        """Run it until it has written so many briefings more, and kill it without warning."""
        wanted, process = self.written() + briefings, self.start()
        while self.written() < wanted:
            assert process.poll() is None, process.communicate()
            time.sleep(0.02 + wanted / 20_000)  # a long list takes time to count
        process.send_signal(signal.SIGKILL)
        process.communicate()

    def written(self) -> int:
        """How many briefings there are."""
        folder = self.folder / "briefings"
        return sum(name.endswith(".json") and name[0] != "." for name in os.listdir(folder)) if folder.exists() else 0

    def rows(self) -> list[dict[str, Any]]:
        """The rows of the last run's summary."""
        return [json.loads(line) for line in (self.folder / "summary.jsonl").read_text().splitlines()]

    def journals(self) -> Iterator[Journal]:
        """Every journal below the folder."""
        for path in sorted(self.folder.glob("runs/*/*/calls.jsonl")):
            yield Journal.read(path)


@dataclass(frozen=True, slots=True)
class Recorded:
    """What all journals hold together: attempts by status, good replies by call, tokens of the good ones."""

    statuses: Counter[Status]
    good: Counter[str]
    prompt: int
    cached: int
    output: int


def recorded(place: Place) -> Recorded:
    """Add up all journals."""
    statuses: Counter[Status] = Counter()
    good: Counter[str] = Counter()
    tokens = [0, 0, 0]
    for journal in place.journals():
        for record in journal.records:
            statuses[record.status] += 1
            if record.status is Status.OK:
                good[record.key] += 1
                usage = json.loads(record.body)["usage"]
                took = (
                    usage["prompt_tokens"],
                    usage["prompt_tokens_details"]["cached_tokens"],
                    usage["completion_tokens"],
                )
                tokens = [a + b for a, b in zip(tokens, took, strict=True)]
    return Recorded(statuses, good, *tokens)


@dataclass(frozen=True, slots=True)
class Trial:
    """What a batch left behind that was killed so often, run to its end, and run once more."""

    expected: Counter[str]
    found: Counter[str]
    codes: tuple[int, int]
    statuses: Counter[Status]
    paid_twice: int
    server: dict[str, int]
    tokens: dict[str, int]
    killed: int
    in_flight: int
    calls_again: int
    again: float
    watched: Watched

    @property
    def growth(self) -> float:
        """MiB more at the end than once all is loaded, a fifth of the way."""
        rss = self.watched.rss
        return max(rss[-len(rss) // 5 :]) - max(rss[: len(rss) // 5 + 1])

    @property
    def files_before(self) -> int:
        """The most files that were open in the first half."""
        return max(self.watched.files[: len(self.watched.files) // 2 + 1])

    @property
    def files_after(self) -> int:
        """The most files that were open in the second half."""
        return max(self.watched.files[len(self.watched.files) // 2 :])

    def problems(self) -> list[str]:
        """Return what is not as it must be, a sentence each."""
        lost = self.server["calls"] - self.statuses.total()
        bounds = {
            f"bundles: {dict(self.found)}, not {dict(self.expected)}": self.found == self.expected,
            f"exit codes {self.codes}": self.codes == (9, 9),
            f"{self.paid_twice} replies were recorded twice": self.paid_twice == 0,
            f"{self.calls_again} calls by a batch that was finished": self.calls_again == 0,
            f"{lost} calls are the server's and nobody else's": 0 <= lost <= self.killed * self.in_flight,
            f"tokens {self.tokens}, the server's {self.server}": self.killed > 0
            or self.tokens.items() <= self.server.items(),
        }
        return [told for told, met in bounds.items() if not met]


def trial(place: Place, count: int, kills: int = 0) -> Trial:
    """Run a batch of so many bundles, kill it so often on the way, run it to its end and once more."""
    expected = write_bundles(place.bundles, count)
    place.server.counts()
    drawn = random.Random(count)
    for _ in range(kills):
        place.kill_after(drawn.randint(1, max(1, count // (kills + 1))))
    code, _, _, watched = place.run()
    found = Counter(row["status"] for row in place.rows())
    total, counts = recorded(place), place.server.counts()
    again, _, _, second = place.run()
    return Trial(
        expected=expected,
        found=found,
        codes=(code, again),
        statuses=total.statuses,
        paid_twice=sum(times - 1 for times in total.good.values()),
        server=counts,
        tokens={"prompt": total.prompt, "cached": total.cached, "output": total.output},
        killed=kills,
        in_flight=place.jobs,
        calls_again=place.server.counts()["calls"],
        again=second.seconds,
        watched=watched,
    )
