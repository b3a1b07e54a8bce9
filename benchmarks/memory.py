"""Memory and open files over many briefings in one process, and under replies that try to fill it; needs Linux.

    .venv/bin/python benchmarks/memory.py
    .venv/bin/python benchmarks/memory.py --bundles 2000

The server is on loopback; every briefing is of a bundle of its own, drafted, proved and saved. Memory is the resident
set, its peak what the kernel saw, both beside a process that has done nothing but `import openai`. Exits 1 when a
bound is missed.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from bounds import Bound, settle
from loopback import serving

WORKER = Path(__file__).parent / "callers" / "briefings.py"
COUNTS = (10, 100, 500, 2000)
HOSTILE = (("gzip bomb of 256 MB", "bomb/256"), ("body without end", "endless"))
ONLY_OPENAI = "import openai, re; print(re.search(r'VmRSS:\\s+(\\d+)', open('/proc/self/status').read())[1])"

# Bounds, in MiB.
OVER_OPENAI = 60.0
GROWTH = 10.0  # from the first count to the last: what is kept for the next bundle is bounded


@dataclass(frozen=True, slots=True)
class Held:
    """What a process held after so many briefings or calls: memory in MiB, open files; and what became of them."""

    count: int
    rss: float
    peak: float
    files: int
    seconds: float
    outcome: str


def main() -> int:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--bundles", type=int, default=500, help="how many briefings (500)")
    options.add_argument("--quick", action="store_true", help="fifty")
    given = options.parse_args()
    if not Path("/proc/self/status").exists():
        print("not measured: only Linux says how much memory a process holds")
        return 0
    last = 50 if given.quick else given.bundles
    openai = int(_printed([sys.executable, "-c", ONLY_OPENAI])) / 1024
    print(f"{'':<24}{'MiB':>8}{'peak':>8}{'files':>7}{'seconds':>9}\n{'import openai':<24}{openai:>8.1f}")
    with serving() as server:
        counts = [*(str(n) for n in COUNTS if n < last), str(last)]
        many = list(_held(["briefings", server.base_url("model/1000"), *counts]))
        hostile = {name: next(_held(["reply", server.base_url(kind)])) for name, kind in HOSTILE}
    for held in many:
        _show(f"{held.count} briefings", held)
    for name, held in hostile.items():
        _show(name, held)
    print()
    return settle(bounds_of(openai, many, hostile))


def bounds_of(openai: float, many: Sequence[Held], hostile: Mapping[str, Held]) -> Iterator[Bound]:
    """Yield every bound with what was measured."""
    first, last = many[0], many[-1]
    yield Bound(f"{last.count} briefings: MiB over import openai", last.peak - openai, most=OVER_OPENAI)
    yield Bound(f"MiB more after {last.count} than after {first.count}", last.rss - first.rss, most=GROWTH)
    yield Bound(f"files more after {last.count} than after {first.count}", last.files - first.files, most=0)
    yield Bound("briefings that are not complete", last.count - int(last.outcome.split()[0]), most=0)
    for name, held in hostile.items():
        yield Bound(f"{name}: MiB over import openai", held.peak - openai, most=OVER_OPENAI)


def _held(arguments: Sequence[str]) -> Iterator[Held]:
    for line in _printed([sys.executable, str(WORKER), *arguments]).splitlines():
        yield Held(**json.loads(line))


def _printed(command: Sequence[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr[-2000:])
    return done.stdout


def _show(name: str, held: Held) -> None:
    print(f"{name:<24}{held.rss:>8.1f}{held.peak:>8.1f}{held.files:>7}{held.seconds:>9.1f}   {held.outcome}")


if __name__ == "__main__":
    sys.exit(main())
