"""Strikes a run at every operation on its files: `make test-crash`. Prints counts; exits 1 if a promise is broken.

With `--write PAGE` the table between its two marks on that page is replaced by what was counted.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.crash.faults import KILLS, Fault
from tests.crash.harness import WORKERS, Bench, Count, Strike, What
from tests.crash.stops import SIGNALS, slowest_stop

MARKS = ("<!-- crash: make test-crash -->\n", "<!-- end -->")
_RESUMED_AFTER = 0.55  # of the first run's operations: some replies are there, some are not
_SLACK = 8  # with several workers, a run may make a few operations more than the one that was counted
_NAMES = {
    Fault.BEFORE: "kill -9 before the operation",
    Fault.AFTER: "kill -9 after it",
    Fault.HALF: "kill -9 in the middle of a write",
    Fault.POWER: "power cut: what was not synced is gone",
    Fault.FULL: "disk full from here on",
    Fault.FULL_HALF: "the same, after half of a write",
    Fault.ERROR_WRITE: "I/O error in one write",
    Fault.ERROR_SYNC: "I/O error in one fsync",
    Fault.BROKEN: "I/O errors from here on",
}


def main() -> int:
    """Strike everywhere and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=2, help="runs at a time")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="strike at every N-th operation only")
    parser.add_argument("--errors", type=int, default=1, metavar="N", help="of disk errors make every N-th only")
    parser.add_argument("--minutes", type=float, default=60.0, help="strike no more after so long")
    parser.add_argument("--write", type=Path, metavar="PAGE", help="put the table on this page")
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        with Bench(Path(folder) / "0") as bench:
            every = list(_strikes({workers: len(bench.unbroken(workers).operations) for workers in WORKERS}))
        errors = [strike for strike in every if strike.fault not in KILLS][:: options.errors]
        strikes = [*(strike for strike in every if strike.fault in KILLS), *errors][:: options.every]
        random.Random(1).shuffle(strikes)  # so that a limit in minutes leaves out some of each kind
        with ThreadPoolExecutor(options.jobs) as pool:
            parts = [strikes[job :: options.jobs] for job in range(options.jobs)]
            folders = [Path(folder) / str(job) for job in range(1, options.jobs + 1)]
            until = began + 60 * options.minutes
            counts = list(pool.map(_struck, parts, folders, [until] * options.jobs))
        total = Count()
        for count in counts:
            total.add(count)
        for problem in total.wrong:
            print(problem, file=sys.stderr)
        print(table(total, {}), file=sys.stderr)
        stops = {number.name: slowest_stop(number, Path(folder) / number.name) for number in SIGNALS}
    told = table(total, stops)
    print(f"{told}\n{len(total.wrong)} promises broken ({time.monotonic() - began:.0f} s)")
    if options.write and not total.wrong:
        _put(told, options.write)
    return 1 if total.wrong else 0


def table(total: Count, stops: dict[str, float]) -> str:
    """Return what was counted as a table of Markdown, and the slowest stops below it."""
    lines = [f"| fault | one worker | eight workers | {' | '.join(list(What)[1:])} |", "|---" * (2 + len(What)) + "|"]
    for fault, name in _NAMES.items():
        tried = [total.sum(What.TRIED, [fault], [workers]) for workers in WORKERS]
        lines.append(f"| {name} | {_row([*tried, *(total.sum(what, [fault]) for what in list(What)[1:])])} |")
    sums = [total.sum(What.TRIED, workers=[workers]) for workers in WORKERS]
    lines.append(f"| **all** | {_row([*sums, *(total.sum(what) for what in list(What)[1:])])} |")
    kills = total.sum(What.TRIED, KILLS)
    stopped = " and ".join(f"{seconds:.1f} s after {name}" for name, seconds in stops.items())
    slowest = f" The slowest of ten stops, with two replies that did not come, took {stopped}." if stops else ""
    return "\n".join([*lines, "", f"{kills:,} of these are kill points.{slowest}"])


def _row(numbers: list[int]) -> str:
    return " | ".join(f"{number:,}" for number in numbers)


def _put(told: str, page: Path) -> None:
    before, mark, rest = page.read_text().partition(MARKS[0])
    if not mark:
        raise SystemExit(f"{page} has no {MARKS[0].strip()}")
    page.write_text(f"{before}{mark}\n{told}\n\n{MARKS[1]}{rest.partition(MARKS[1])[2]}")


def _strikes(operations: dict[int, int]) -> Iterator[Strike]:
    for workers, number in operations.items():
        for fault in _NAMES:
            yield from (Strike(workers, fault, at) for at in range(1, number + _SLACK))
        killed = int(number * _RESUMED_AFTER)
        for fault in KILLS:
            yield from (Strike(workers, fault, at, after=killed) for at in range(1, number - killed + 2 * _SLACK))


def _struck(strikes: list[Strike], folder: Path, until: float) -> Count:
    with Bench(folder) as bench:
        for strike in strikes:
            if time.monotonic() < until:
                bench.strike(strike)
        return bench.count


if __name__ == "__main__":
    sys.exit(main())
