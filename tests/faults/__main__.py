"""Measure what the page of faults tells in numbers: `python -m tests.faults` writes measured.json beside this file.

A machine that does nothing else is wanted; memory in MB, times in seconds.
"""

from __future__ import annotations

import json
import signal
import tempfile
import time
from pathlib import Path

from tests.faults.row import Fault
from tests.faults.stage import Stage
from tests.faults.table import ROWS
from tests.server import Loopback

MEASURED = Path(__file__).with_name("measured.json")
PLAIN = Fault(name="nothing", what="Nothing goes wrong.", code=0)
BOMBS = ("body-gzip-bomb", "body-endless")
SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
_TIMES = 5


def main() -> None:
    """Measure, write and print."""
    rows = {row.name: row for row in ROWS if isinstance(row, Fault)}
    memory = {
        fault.name: round(max(_memory(fault) for _ in range(3))) for fault in (PLAIN, *map(rows.get, BOMBS)) if fault
    }
    stops = {number.name: round(max(_stop(number) for _ in range(_TIMES)), 1) for number in SIGNALS}
    stops["twice"] = round(max(_stop(signal.SIGINT, twice=True) for _ in range(_TIMES)), 1)
    text = json.dumps({"memory": memory, "stops": stops}, indent=1)
    MEASURED.write_text(text + "\n", encoding="utf-8")
    print(text)


def _memory(fault: Fault) -> float:
    server = Loopback()
    with tempfile.TemporaryDirectory() as folder:
        try:
            outcome, most = Stage.set(fault, Path(folder), server).weighed()
        finally:
            server.close()
    if outcome.code != fault.code:
        raise SystemExit(f"{fault.name}: {outcome.err}")
    return most


def _stop(number: signal.Signals, *, twice: bool = False) -> float:
    """Return how long the command takes to end while a call hangs."""
    server = Loopback()
    with tempfile.TemporaryDirectory() as folder:
        try:
            process = Stage.set(PLAIN, Path(folder), server).begin()
            time.sleep(0.3)
            sent = time.monotonic()
            process.send_signal(number)
            if twice:
                time.sleep(0.05)
                process.send_signal(number)
            process.communicate()
            return time.monotonic() - sent
        finally:
            server.close()


if __name__ == "__main__":
    main()
