"""Strikes a run at every operation on its files: `make test-crash`. Prints counts; exits 1 if a promise is broken."""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tests.crash.faults import KILLS, Fault
from tests.crash.harness import Bench, Count, Strike

WORKERS = (1, 8)
_RESUMED_AFTER = 0.55  # of the first run's operations: some replies are there, some are not
_SLACK = 8  # with several workers, a run may make a few operations more than the one that was counted


def main() -> int:
    """Strike everywhere and print what came of it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1, help="runs at a time")
    parser.add_argument("--every", type=int, default=1, metavar="N", help="strike at every N-th operation only")
    options = parser.parse_args()
    began = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        with Bench(Path(folder) / "0") as bench:
            strikes = list(_strikes({workers: len(bench.unbroken(workers).operations) for workers in WORKERS}))
        strikes = strikes[:: options.every]
        with ThreadPoolExecutor(options.jobs) as pool:
            parts = [strikes[job :: options.jobs] for job in range(options.jobs)]
            counts = list(pool.map(_struck, parts, (Path(folder) / str(job) for job in range(1, options.jobs + 1))))
    total = Count()
    for count in counts:
        total.add(count)
    for problem in total.wrong:
        print(problem, file=sys.stderr)
    kills = sum(total.tried[fault] for fault in KILLS)
    faults = ", ".join(f"{total.tried[fault]} {fault}" for fault in Fault if total.tried[fault])
    print(f"{faults} ({time.monotonic() - began:.0f} s)")
    print(
        f"{kills} kill points and {total.tried.total() - kills} disk errors, one and eight workers: "
        f"{total.lost} journaled replies lost, {total.twice} paid twice, {total.repeated} calls under way repeated, "
        f"{total.unequal} briefings unequal, {len(total.wrong)} promises broken"
    )
    return 1 if total.wrong else 0


def _strikes(operations: dict[int, int]) -> Iterator[Strike]:
    for workers, number in operations.items():
        for fault in Fault:
            if fault is not Fault.NONE:
                yield from (Strike(workers, fault, at) for at in range(1, number + _SLACK))
        killed = int(number * _RESUMED_AFTER)
        for fault in KILLS:
            yield from (Strike(workers, fault, at, after=killed) for at in range(1, number - killed + 2 * _SLACK))


def _struck(strikes: list[Strike], folder: Path) -> Count:
    with Bench(folder) as bench:
        for strike in strikes:
            bench.strike(strike)
        return bench.count


if __name__ == "__main__":
    sys.exit(main())
