"""A batch: bundles a minute beside what the latency allows, CPU, memory, a second run, cached tokens and money.

    .venv/bin/python benchmarks/batch.py
    .venv/bin/python benchmarks/batch.py --quick

The command runs as a process of its own against a server on loopback (`benchmarks/loopback/`), each bundle small and
of two outlets: eight calls, one after another. What the latency allows is bundles in flight / (calls x latency). CPU is
the process's own without its start; a profile says where the time goes. Cached tokens and money are those of stories
as long as the seed story, at a server that models a provider's cache, beside the same flow over the SDK's own client
with all calls of a bundle at once (`prefix.py`): a cached token costs a tenth of a prompt's, one of a reply eight times
as much.
Exits 1 when a bound is missed.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import pstats
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from bounds import Bound, settle
from callers.briefings import bundle as story
from loopback import Server, serving
from prefix import Took, plainly

MODEL, KEY = "loopback", "sk-loopback"
CALLS = 8
# Where the CPU goes, by what the path of a function's file holds; the first that fits.
PARTS = (
    ("journal", ("briefer/journal", "briefer/appending", "briefer/records", "briefer/spill", "briefer/disk",
                 "briefer/runs", "briefer/batch/ledger", "sqlite")),
    ("client", ("briefer/models", "openai/", "httpx2/", "aiohttp/", "tenacity/", "asyncio/", "yarl/", "multidict/",
                "anyio/", "ssl.py", "selectors.py")),
    ("checks", ("briefer/checks", "briefer/coverage", "briefer/alone", "briefer/copies", "briefer/differences",
                "briefer/lint", "briefer/orders", "briefer/suspicious", "briefer/dates", "briefer/figures",
                "briefer/sentences", "briefer/stems", "briefer/text", "sentencex/")),
)  # fmt: skip

# Bounds.
OF_ALLOWED = 0.9  # of the bundles that a latency of one second allows
GROWTH = 20.0  # MiB more for the larger batch
AGAIN = 10.0  # seconds for 10,000 that are done already
MONEY = 0.8  # of naive calls'


@dataclass(frozen=True, slots=True)
class Run:
    """What one run of the command took: seconds, of those CPU, and memory in MiB."""

    seconds: float
    cpu: float
    peak: float


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--quick", action="store_true", help="a tenth of the bundles")
    part = 10 if options.parse_args().quick else 1
    with serving() as server, tempfile.TemporaryDirectory() as folder:
        bench = Bench(server, Path(folder))
        bounds = [
            *bench.speed(640 // part, 64 if part == 1 else 16, 1000, OF_ALLOWED),
            *bench.speed(640 // part, 8, 50, None),
            *bench.size(500 // part, 2500 // part),
            *bench.money(12 if part == 1 else 4),
        ]
        bench.split(40, 40 + 400 // part)
    return settle(bounds)


@dataclass(frozen=True, slots=True)
class Bench:
    """The server, and a folder for bundles and what comes of them."""

    server: Server
    folder: Path

    def speed(self, count: int, jobs: int, latency: int, least: float | None) -> Iterator[Bound]:
        """Measure bundles a minute, from the first call to the last answer."""
        self.server.counts()
        self.run(self.written(count), f"speed-{latency}", f"story/{latency}", jobs)
        counts = self.server.counts()
        ratio = counts["calls"] * latency / jobs / counts["milliseconds"]
        minute = count / counts["milliseconds"] * 60_000
        print(f"{latency:>5} ms, {jobs:>3} in flight: {minute:>8,.0f} bundles a minute, {ratio:.2f} of what is allowed")
        if least:
            yield Bound(f"{latency} ms, {jobs} in flight: of what is allowed", ratio, least=least)

    def size(self, few: int, many: int) -> Iterator[Bound]:
        """Measure CPU and memory of a small and a large batch, and how long the large one takes when it is done."""
        runs = {count: self.run(self.written(count), f"size-{count}", "story/0", 32) for count in (few, many)}
        cpu = (runs[many].cpu - runs[few].cpu) / (many - few) * 1000
        print(f"CPU of a bundle: {cpu:.1f} ms; memory at {few:,} and {many:,} bundles: "
              f"{runs[few].peak:.0f} and {runs[many].peak:.0f} MiB")  # fmt: skip
        again = {count: self.run(self.written(count), f"size-{count}", "story/0", 32).seconds for count in (few, many)}
        whole = again[few] + (again[many] - again[few]) / (many - few) * (10_000 - few)
        print(f"{many:,} that are done already: {again[many]:.1f} s; 10,000 at that rate: {whole:.1f} s")
        yield Bound(f"MiB more at {many:,} bundles than at {few:,}", runs[many].peak - runs[few].peak, most=GROWTH)
        yield Bound("seconds for 10,000 that are done already", whole, most=AGAIN)

    def money(self, count: int) -> Iterator[Bound]:
        """Measure cached tokens and money of longer stories, beside naive calls."""
        bundles = [story(number) for number in range(count)]
        path = self.folder / "stories.jsonl"
        path.write_text("".join(f"{bundle.model_dump_json()}\n" for bundle in bundles), encoding="utf-8")
        self.server.counts()
        began = time.perf_counter()
        asyncio.run(plainly(bundles, self.server, []))
        naive = Took.of(time.perf_counter() - began, self.server.counts())
        began = time.perf_counter()
        self.run(path, "money", "model/1", 4)
        ours = Took.of(time.perf_counter() - began, self.server.counts())
        for name, took in (("naive", naive), ("batch", ours)):
            price = f"{took.money / count:,.0f} prompt tokens' price a bundle"
            print(f"{name}: {took.share:.0%} of the prompt cached; {price}; {took.calls} calls, {took.seconds:.0f} s")
        yield Bound("money of a bundle / naive", ours.money / naive.money, most=MONEY)

    def split(self, few: int, many: int) -> None:
        """Print where a profile finds the time of a bundle: what a large batch takes more than a small one."""
        more = self.profiled(many)
        more.subtract(self.profiled(few))
        told = (f"{part} {own / more.total():.0%}" for part, own in more.most_common())
        print(f"time of a bundle by profile, with waiting for the disk: {', '.join(told)}")

    def profiled(self, count: int) -> Counter[str]:
        """Return the seconds that a profile finds in each part."""
        profile = self.folder / "profile"
        self.run(self.written(count), f"split-{count}", "story/0", 32, "-m", "cProfile", "-o", str(profile))
        functions = pstats.Stats(str(profile)).stats  # type: ignore[attr-defined]

        @cache
        def shares(function: Any, depth: int) -> dict[str, float]:
            """Return to which parts a function belongs: a library's own, or built in, to those of its callers."""
            where = f"{function[0]} {function[2]}"
            part = next((part for part, marks in PARTS if any(mark in where for mark in marks)), None)
            callers = {caller: spent[3] for caller, spent in functions[function][4].items() if caller != function}
            whole = sum(callers.values())
            if part or "/briefer/" in where or not depth or not whole:
                return {part or "the rest": 1.0}
            found: Counter[str] = Counter()
            for caller, spent in callers.items():
                for name, share in shares(caller, depth - 1).items():
                    found[name] += share * spent / whole
            return dict(found)

        found: Counter[str] = Counter()
        for function, (_, _, own, _, _) in functions.items():
            for part, share in shares(function, 8).items():
                found[part] += own * share
        return found

    def written(self, count: int) -> Path:
        """Write so many bundles and return the file."""
        path = self.folder / f"{count}.jsonl"
        path.write_text("".join(f"{json.dumps(small(number))}\n" for number in range(count)), encoding="utf-8")
        return path

    def run(self, bundles: Path, name: str, kind: str, jobs: int, *python: str) -> Run:
        """Run the command to its end."""
        command = [sys.executable, *python, "-m", "briefer", "batch", str(bundles), "-o", str(self.folder / name)]
        told = {"BRIEFER_BASE_URL": self.server.base_url(kind), "BRIEFER_API_KEY": KEY, "BRIEFER_MODEL": MODEL}
        began = time.perf_counter()
        process = subprocess.Popen(
            [*command, "-j", str(jobs), "-q"], env={**os.environ, **told}, stdout=subprocess.PIPE
        )
        assert process.stdout
        process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        process.stdout.close()
        if process.returncode not in (0, 9):
            sys.exit(f"the batch ended with exit code {process.returncode}")
        return Run(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def small(number: int) -> dict[str, object]:
    """Return a bundle of two outlets that no other is like."""
    story = f"The bridge over the Tarn at Lindow closed on day {number} of the works. A crack was found in a girder."
    other = f"Drivers in Lindow face a detour of {number} kilometres. A meeting is planned for the town hall on Friday."
    articles = [
        {"outlet": "Tarn Gazette", "title": f"Bridge shut, day {number}", "published": "2026-03-03", "text": story},
        {"outlet": "Coast Radio", "title": f"Detour of {number} km", "published": "2026-03-04", "text": other},
    ]
    return {"id": f"bridge-{number}", "topic": "A closed bridge", "articles": articles}


if __name__ == "__main__":
    sys.exit(main())
