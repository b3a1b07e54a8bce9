"""A run that is stopped, or whose server dies: what was answered is kept, and the same command asks for the rest."""

from __future__ import annotations

import re
import signal
import subprocess
import time
from pathlib import Path

from tests.cli.command import run, run_folder, start
from tests.realserver.conftest import Starter
from tests.realserver.journaled import answered
from tests.realserver.server import LlamaServer, until


def under_way(story: str, cwd: Path, server: LlamaServer) -> subprocess.Popen[bytes]:
    """Start a run and wait until it has replies and the server works on another."""
    process = start("summarize", story, *server.options, cwd=cwd)
    until(lambda: len(answered(cwd)) >= 3 and server.is_busy(), process)
    return process


def assert_completes(story: str, cwd: Path, server: LlamaServer) -> None:
    """The same command goes on to the end, and asks for nothing that had been answered."""
    kept = answered(cwd)
    again = run("summarize", story, *server.options, cwd=cwd)
    assert again.code == 9, again.err
    assert again.lines[0] == f"going on with {run_folder(cwd).relative_to(cwd)}"
    everything = answered(cwd)
    assert everything[: len(kept)] == kept
    assert len(set(everything)) == len(everything) > len(kept)


def test_an_interrupt_ends_the_run_and_the_servers_work_at_once(llama: Starter, tmp_path: Path, story: str) -> None:
    server = llama().start()
    process = under_way(story, tmp_path, server)
    sent = time.monotonic()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=10)
    assert time.monotonic() - sent < 2
    assert (process.returncode, out) == (130, b"")
    cause, *rest = err.decode().splitlines()
    stopped = r"briefer: stopped by SIGINT: (\d+) calls done, (\d+) open(?:; may have been billed: (\d+))?"
    told = re.fullmatch(stopped, cause)
    assert told, cause
    assert int(told[1]) == len(answered(tmp_path))
    # The call under way may have ended in the time that a stop waits for it; then none is in doubt.
    assert int(told[3] or 0) <= int(told[2])
    assert int(told[2]) >= 1
    assert rest == [
        f"  safe: every reply that arrived is in {run_folder(tmp_path).relative_to(tmp_path)}",
        "  next: run the same command again; it goes on from there",
    ]
    while server.is_busy():  # it looks for callers that are gone between two steps of its own
        assert time.monotonic() - sent < 5
    assert_completes(story, tmp_path, server)


def test_a_server_that_dies_ends_the_run_and_it_goes_on_when_there_is_one_again(
    llama: Starter, tmp_path: Path, story: str
) -> None:
    server = llama().start()
    process = under_way(story, tmp_path, server)
    server.kill()
    out, err = process.communicate(timeout=10)
    assert (process.returncode, out) == (5, b"")
    cause, *rest = err.decode().splitlines()
    assert cause.startswith(f"briefer: 127.0.0.1:{server.port} ")
    assert cause.endswith("(model gibberish)")
    assert rest == [
        "  safe: every finished reply is in the journal",
        "  next: run the same command again: it goes on where it stopped",
    ]
    assert_completes(story, tmp_path, server.start())
