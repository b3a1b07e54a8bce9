"""How far a batch is: lines for a log, a bar for a terminal, nothing where nothing is wanted."""

from __future__ import annotations

import asyncio
import fcntl
import os
import pty
import re
import struct
import termios
from pathlib import Path

import pytest

from briefer.batch.rows import Row
from briefer.cli.progress import Progress
from tests.batch.test_batch import OUT, served, stories
from tests.cli.command import SEEN_BY_CI, start
from tests.server import Loopback, completion

DONE = Row("ferry", "in.jsonl", 1, status="complete", withheld=2, cost=0.25)


def told(progress: Progress, *rows: Row, wait: float = 0.0) -> None:
    async def work() -> None:
        progress.begin(4, 3, 1)
        async with progress.ticking():
            for row in rows:
                progress.add(row)
            await asyncio.sleep(wait)

    with progress:
        asyncio.run(work())


def test_a_log_gets_a_line_now_and_then(capsys: pytest.CaptureFixture[str]) -> None:
    told(Progress(False, every=0.05), DONE, DONE, wait=0.12)
    out, err = capsys.readouterr()
    first, *lines = err.splitlines()
    assert first == "8 bundles: 4 to do, 3 done before, 1 left out"
    assert lines == ["2 of 4 · 0:00 · 2 complete · 4 withheld · $0.50"] * 2
    assert out == ""


def test_a_log_says_how_fast_it_goes_and_for_how_long(monkeypatch: pytest.MonkeyPatch) -> None:
    progress = Progress(True)
    now = [1000.0]
    monkeypatch.setattr("briefer.cli.progress.time.monotonic", lambda: now[0])
    progress.begin(5000, 0, 0)
    for _ in range(100):
        progress.add(DONE)
    now[0] += 120
    assert progress.told() == "2:00 · 100 complete · 200 withheld · $25.00 · 50 a minute · 1 h 38 min left"


def test_nothing_is_said_where_that_is_wanted(capsys: pytest.CaptureFixture[str]) -> None:
    told(Progress(True, every=0.01), DONE, wait=0.05)
    assert capsys.readouterr() == ("", "")


@pytest.mark.parametrize("columns", [80, 120])
def test_a_terminal_gets_a_bar_that_fits_and_leaves_no_trace(tmp_path: Path, loopback: Loopback, columns: int) -> None:
    model = served(loopback, 2, completion("no JSON ::error::x"))
    stories(tmp_path, 1, 2, 3)
    master, slave = pty.openpty()
    fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = start("batch", "stories.jsonl", "-o", OUT, cwd=tmp_path, env={**model.env, "TERM": "xterm"}, stderr=slave)
    os.close(slave)
    seen = b""
    try:
        while chunk := os.read(master, 65536):
            seen += chunk
    except OSError:  # the other end is closed
        pass
    os.close(master)
    assert process.stdout
    process.stdout.close()
    assert process.wait(10) in (0, 5, 9)
    text = seen.decode()
    assert "━" in text
    assert re.search(r"\d/3", text)
    lines = [re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", line) for line in re.split(r"[\r\n]+", text)]
    assert max(map(len, lines)) <= columns
    assert not SEEN_BY_CI.search("\n".join(lines))
    assert lines[-2].endswith(f"written to {OUT}")


def test_a_terminal_that_cannot_move_its_cursor_gets_lines(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("TERM", "dumb")
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    told(Progress(False, every=0.05), DONE, wait=0.07)
    assert "1 of 4" in capsys.readouterr().err
