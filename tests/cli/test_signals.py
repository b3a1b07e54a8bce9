"""A signal while some replies are there and others hang: what was paid for is kept, the rest is asked for later."""

from __future__ import annotations

import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests.cli.command import run, run_folder, start
from tests.cli.desk import CALLS, REPLIES, Model, bridge, journaled
from tests.server import Loopback

HANGING = ("topics", "papers_say/Coast Radio")
ARRIVING = CALLS - len(HANGING) - 1  # the closing words wait for every account


def started(cwd: Path, model: Model, **options: object) -> subprocess.Popen[bytes]:
    """Start a run and wait until all replies but the hanging ones are in its journal."""
    model.replies.update(dict.fromkeys(HANGING, [60.0]))
    process = start("summarize", bridge(cwd), cwd=cwd, env=model.env, **options)
    deadline = time.monotonic() + 30
    while len(model.asked) < CALLS - 1 or len(journaled(cwd)) < ARRIVING:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < deadline
        time.sleep(0.02)
    return process


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP], ids=lambda n: n.name)
def test_a_signal_ends_the_run_at_once_and_the_same_command_asks_for_the_rest(
    tmp_path: Path, loopback: Loopback, number: signal.Signals
) -> None:
    model = Model(loopback)
    process = started(tmp_path, model)
    folder = run_folder(tmp_path).relative_to(tmp_path)
    sent = time.monotonic()
    process.send_signal(number)
    out, err = process.communicate(timeout=10)
    assert time.monotonic() - sent < 3  # two on a machine that has nothing else to do
    assert (process.returncode, out) == (128 + number, b"")
    assert err.decode().splitlines() == [
        f"briefer: stopped by {number.name}: {ARRIVING} calls done, 2 open; may have been billed: 2",
        f"  safe: every reply that arrived is in {folder}",
        "  next: run the same command again; it goes on from there",
    ]
    assert journaled(tmp_path) == ["ok"] * ARRIVING + ["unknown"] * len(HANGING)
    model.replies.update(REPLIES)
    model.asked.clear()
    again = run("summarize", "bundle.json", "--format", "json", cwd=tmp_path, env=model.env)
    assert again.code == 0
    # A broken-off call may have been billed, and nobody knows how much it took.
    assert again.lines == [
        f"going on with {folder}",
        f"m: {CALLS} calls, 3 of them now · 900 tokens in (40% cached), 90 out · cost unknown"
        " · may have been billed: 2",
    ]
    assert sorted(model.asked) == sorted([*HANGING, "papers_say:closing"])


def test_a_signal_that_was_told_to_be_ignored_is_ignored(tmp_path: Path, loopback: Loopback) -> None:
    """As `nohup` does with SIGHUP, so that closing the terminal does not end a long run."""
    process = started(tmp_path, Model(loopback), preexec_fn=lambda: signal.signal(signal.SIGHUP, signal.SIG_IGN))
    process.send_signal(signal.SIGHUP)
    with pytest.raises(subprocess.TimeoutExpired):
        process.wait(0.3)
    process.send_signal(signal.SIGTERM)
    assert process.wait(5) == 128 + signal.SIGTERM
    process.communicate()


def test_a_kill_without_warning_loses_no_reply_that_had_arrived(tmp_path: Path, loopback: Loopback) -> None:
    model = Model(loopback)
    process = started(tmp_path, model)
    process.kill()
    process.communicate()
    assert journaled(tmp_path) == ["ok"] * ARRIVING
    model.replies.update(REPLIES)
    model.asked.clear()
    assert run("summarize", "bundle.json", cwd=tmp_path, env=model.env).code == 0
    assert sorted(model.asked) == sorted([*HANGING, "papers_say:closing"])
