"""How long a run takes to stop after a signal, with replies under way; those that arrive are kept."""

from __future__ import annotations

import signal
import subprocess
import time
from contextlib import closing
from pathlib import Path

from tests.cli.command import start
from tests.cli.desk import CALLS, Model, bridge, journaled
from tests.server import Loopback

SIGNALS = (signal.SIGINT, signal.SIGTERM)
HANGING = ("topics", "papers_say/Coast Radio")
_TIMES = 5


def slowest_stop(number: signal.Signals, folder: Path) -> float:
    """Return the longest of a few stops, in seconds."""
    return max(_stop(number, folder / str(at)) for at in range(_TIMES))


def _stop(number: signal.Signals, cwd: Path) -> float:
    cwd.mkdir(parents=True)
    with closing(Loopback()) as server:
        process = begun(cwd, Model(server))
        sent = time.monotonic()
        process.send_signal(number)
        process.communicate(timeout=30)
        assert process.returncode == 128 + number
        return time.monotonic() - sent


def begun(cwd: Path, model: Model) -> subprocess.Popen[bytes]:
    """Start a run of which all replies but the hanging ones, and the closing words that wait for them, are there."""
    model.replies.update(dict.fromkeys(HANGING, [60.0]))
    # What a shell starts in the background ignores SIGINT, and so does what that starts.
    heeding = {"preexec_fn": lambda: signal.signal(signal.SIGINT, signal.SIG_DFL)}
    process = start("summarize", bridge(cwd), cwd=cwd, env=model.env, **heeding)
    while len(model.asked) < CALLS - 1 or len(journaled(cwd)) < CALLS - 1 - len(HANGING):
        assert process.poll() is None, process.communicate()
        time.sleep(0.02)
    return process
