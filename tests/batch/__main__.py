"""`make test-batch`: 10,000 small bundles with faults mixed in, once whole and once killed five times on the way.

python -m tests.batch [BUNDLES]
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from benchmarks.loopback import serving
from tests.batch.many import Place, Trial, trial

JOBS = 64
GROWTH = 50.0  # MiB


def main() -> int:
    count, *often = map(int, sys.argv[1:] or ["10000"])
    missed = 0
    for kills in often or (0, 5):
        with serving() as server, tempfile.TemporaryDirectory() as folder:
            found = trial(Place(Path(folder, "in.jsonl"), Path(folder, "out"), server, JOBS), count, kills)
        missed += _told(found, count)
    return 1 if missed else 0


def _told(found: Trial, count: int) -> int:
    """Print what was found, and return how much of it is not as it must be."""
    problems = found.problems()
    if found.growth > GROWTH:
        problems.append(f"memory grew by {found.growth:.0f} MiB")
    if found.files_after > found.files_before:
        problems.append(f"open files grew from {found.files_before} to {found.files_after}")
    attempts = ", ".join(f"{number:,} {status.value}" for status, number in found.statuses.most_common())
    print(f"{count:,} bundles, killed {found.killed} times: {dict(found.found)}")
    print(f"  calls: {found.server['calls']:,} at the server, {found.statuses.total():,} recorded ({attempts})")
    print(f"  recorded twice: {found.paid_twice}; calls by the finished batch, run again: {found.calls_again}")
    print(f"  last run: {found.watched.seconds:.1f} s, {max(found.watched.rss):.0f} MiB, {found.growth:+.1f} MiB")
    print(f"  open files at most {found.files_before}, then {found.files_after}; run again: {found.again:.1f} s")
    for problem in problems:
        print(f"  NOT AS IT MUST BE: {problem}")
    return len(problems)


if __name__ == "__main__":
    sys.exit(main())
