"""Calls a second and CPU time a call through the model door, beside other clients of the same server.

    .venv/bin/python benchmarks/client.py
    .venv/bin/python benchmarks/client.py --quick

The server is on loopback, in a process of its own, and answers after a fixed time; every client sends the first request
of a recorded briefing, no two alike, and gets the reply's text. Briefer also has each reply on disk before it is read.
`openai` is the SDK's own `create`, in the version that briefer has; `aiohttp` alone is what no client can beat.
Clients take turns, and a figure is the median of its rounds, after a warm-up that opens all connections. As many
callers wait as there are calls in flight, on briefer twice as many: it holds the calls down itself, and a reply on its
way to the disk is no longer in flight. Briefer begins with eight calls at a time; what that costs is told apart.
Exits 1 when a bound is missed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from bounds import Bound, settle
from loopback import Server, serving

from briefer import load_bundle
from briefer.prompts import load_prompts
from briefer.requests import draft_request
from briefer.sections import SECTIONS

ROOT = Path(__file__).parent.parent
STORY = ROOT / "fixtures" / "dprk-russia"
PEERS = ROOT / ".bench" / "venv" / "bin" / "python"
WORKER = Path(__file__).parent / "callers" / "calls.py"
OURS = ("briefer", "openai")
CLIENTS = (*OURS, "instructor", "llm", "aiohttp")


@dataclass(frozen=True, slots=True)
class Cell:
    """So many calls in flight at a latency in milliseconds; `rounds` of all clients, then `alone` more of briefer."""

    in_flight: int
    latency: int
    rounds: int = 1
    alone: int = 0

    @property
    def name(self) -> str:
        """What the cell is called in the table."""
        return f"{self.in_flight} x {self.latency} ms"

    @property
    def seconds(self) -> float:
        """How long a round begins calls; its last ones end one by one, which is to be a small part of it."""
        return 4.0 if self in WAITING else 3.0 if self.latency >= 1000 else 1.0

    @property
    def ideal(self) -> float:
        """The calls a second that the server's latency allows."""
        return self.in_flight / self.latency * 1000


@dataclass(frozen=True, slots=True)
class Took:
    """What a round took: calls a second, and milliseconds of CPU time a call."""

    rate: float
    cpu: float


WAITING = (Cell(16, 50, alone=5), Cell(128, 1000, alone=2))
WORKING = Cell(128, 50, rounds=3)
OTHERS = (Cell(1, 0), Cell(16, 0), Cell(128, 0), Cell(1, 50), Cell(1, 1000), Cell(16, 1000))
FASTER = {"openai": 2.0, "instructor": 4.0}  # at WORKING, where CPU binds
OF_IDEAL = 0.9  # at WAITING
WARM = 3  # calls for each in flight: more than it takes briefer to get there from eight

Rounds = Mapping[tuple[str, str], list[Took]]


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--quick", action="store_true", help="only what has a bound, one round of each")
    quick = options.parse_args().quick
    cells = (*WAITING, WORKING, *(() if quick else OTHERS))
    with ExitStack() as stack:
        server = stack.enter_context(serving())
        request = Path(stack.enter_context(tempfile.TemporaryDirectory())) / "request.json"
        request.write_text(_request())
        workers = {client: stack.enter_context(_working(client, request)) for client in _installed()}
        rounds = dict(_measure(workers, server, cells, once=quick))
        cold = {cell: _round(workers["briefer"], server, cell, OURS[0], cold=True) for cell in (*WAITING, WORKING)}
    for line in table(rounds, cells, list(workers)):
        print(line)
    for cell, took in cold.items():
        print(f"briefer at {cell.name}, from its first call on: {took.rate:.0f} calls/s over {cell.seconds:.0f} s")
    for client in sorted(set(FASTER) - set(workers)):
        print(f"not measured: {client} is not installed in .bench/venv")
    return settle(bounds_of(rounds))


def _request() -> str:
    request = draft_request(load_prompts(None), load_bundle(STORY / "bundle.json"), SECTIONS[0])
    return json.dumps({"messages": list(request.messages), "schema": request.schema})


def _installed() -> list[str]:
    return [client for client in CLIENTS if client in OURS or PEERS.exists()]


@contextmanager
def _working(client: str, request: Path) -> Iterator[subprocess.Popen[str]]:
    python = sys.executable if client in OURS else str(PEERS)
    command = [python, str(WORKER), client, str(request)]
    errors = request.with_name(f"{client}.err")  # `llm` never closes its clients, which is told in many thousand lines
    with errors.open("w") as file:
        worker = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=file, text=True)
        try:
            yield worker
        finally:
            worker.communicate()
            if worker.returncode:
                print(f"{client} failed:\n{errors.read_text()[-2000:]}", file=sys.stderr)


def _measure(
    workers: Mapping[str, subprocess.Popen[str]], server: Server, cells: tuple[Cell, ...], *, once: bool
) -> Iterator[tuple[tuple[str, str], list[Took]]]:
    """Yield the rounds of each client in each cell."""
    for cell in cells:
        took: dict[str, list[Took]] = {client: [] for client in workers}
        for turn in range(1 if once else cell.rounds + cell.alone):
            for client in took if turn < cell.rounds else ("briefer",):
                took[client].append(_round(workers[client], server, cell, client))
        yield from (((cell.name, client), rounds) for client, rounds in took.items())


def _round(worker: subprocess.Popen[str], server: Server, cell: Cell, client: str, *, cold: bool = False) -> Took:
    """Have one client make calls for a while; if not `cold`, after as many as open all its connections."""
    job = {
        "base_url": server.base_url(f"fixed/{cell.latency}"),
        "in_flight": cell.in_flight,
        "callers": cell.in_flight * (2 if client == "briefer" else 1),
        "warm": 0 if cold else WARM * cell.in_flight,
        "seconds": cell.seconds,
    }
    assert worker.stdin
    assert worker.stdout
    print(json.dumps(job), file=worker.stdin, flush=True)
    line = worker.stdout.readline()
    if not line:
        sys.exit("a client stopped")
    told = json.loads(line)
    return Took(told["calls"] / told["wall"], told["cpu"] / told["calls"] * 1000)


def table(rounds: Rounds, cells: tuple[Cell, ...], clients: list[str]) -> Iterator[str]:
    """Yield the lines of a table: a row for each cell, calls a second and milliseconds of CPU a call by client."""
    yield f"{'calls/s (CPU ms a call)':<24}" + "".join(f"{client:>16}" for client in clients) + f"{'no cost':>10}"
    for cell in sorted(cells, key=lambda c: (c.latency, c.in_flight)):
        row = f"{cell.name:<24}"
        for client in clients:
            took = rounds[cell.name, client]
            row += f"{median(t.rate for t in took):>9.0f} ({median(t.cpu for t in took):4.1f})"
        yield row + (f"{cell.ideal:>10.0f}" if cell.latency else f"{'':>10}")
    yield ""


def bounds_of(rounds: Rounds) -> Iterator[Bound]:
    """Yield every bound with what was measured; those on a client that is not there are left out."""
    for cell in WAITING:
        rate = max(t.rate for t in rounds[cell.name, "briefer"])  # the best: other programs can only take from it
        yield Bound(f"briefer at {cell.name}, calls/s / what waiting allows", rate / cell.ideal, least=OF_IDEAL)
    ours = rounds[WORKING.name, "briefer"]
    for client, least in FASTER.items():
        if theirs := rounds.get((WORKING.name, client)):
            # Round by round: what slows the machine down for a while slows both.
            ratios = [a.rate / b.rate for a, b in zip(ours, theirs, strict=True)]
            yield Bound(f"briefer / {client}, calls/s at {WORKING.name}", median(ratios), least=least)


if __name__ == "__main__":
    sys.exit(main())
