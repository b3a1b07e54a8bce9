"""One holder at a time, where the file system has locks and where it has none."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefer import locks
from briefer.errors import BusyError
from briefer.runs import Place, Run, open_run
from tests.crash.faults import without_locks
from tests.test_journal import _with_paths

FLOCK = locks.fcntl.flock  # type: ignore[attr-defined]


@pytest.fixture(params=[True, False], ids=["flock", "no flock"])
def kernel(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """Both kinds of file system."""
    monkeypatch.setattr("fcntl.flock", FLOCK)
    if not request.param:
        without_locks()
    return bool(request.param)


@pytest.fixture
def no_flock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("fcntl.flock", FLOCK)  # put back afterwards
    without_locks()


def test_a_lock_is_held_once_and_its_holder_is_named(tmp_path: Path, kernel: bool) -> None:
    path = tmp_path / "lock"
    lock = locks.take(path)
    assert lock is not None
    assert locks.take(path) is None
    assert locks.take(path, force=True) is None  # a process that is seen to run is never set aside
    assert locks.holder(path).startswith(f"process {os.getpid()} on ")
    assert locks.is_named(path) is not kernel
    lock.release()
    again = locks.take(path)
    assert again is not None
    again.release()


GONE: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "no such process": lambda who: {**who, "pid": 2**22 + 1},
    "its number given to a later one": lambda who: {**who, "started": "1"},
    "the machine started again": lambda who: {**who, "boot": "another"},
}
UNSEEN: dict[str, Callable[[dict[str, Any]], dict[str, Any]]] = {
    "another machine": lambda who: {**who, "host": "elsewhere"},
    "another container": lambda who: {**who, "space": "another"},
    "a name that cannot be read": lambda _: {},
}


def left_behind(path: Path, change: Callable[[dict[str, Any]], dict[str, Any]]) -> None:
    lock = locks.take(path)
    assert lock is not None
    assert lock.file is not None
    lock.file.write_text(json.dumps(change(json.loads(lock.file.read_text()))))


@pytest.mark.usefixtures("no_flock")
@pytest.mark.parametrize("change", GONE.values(), ids=GONE)
def test_a_lock_whose_process_is_gone_is_void(
    tmp_path: Path, change: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    left_behind(tmp_path / "lock", change)
    lock = locks.take(tmp_path / "lock")
    assert lock is not None
    assert sorted(path.name for path in tmp_path.iterdir()) == ["lock", "lock.held"]
    lock.release()


@pytest.mark.usefixtures("no_flock")
@pytest.mark.parametrize("change", UNSEEN.values(), ids=UNSEEN)
def test_a_holder_that_cannot_be_looked_at_is_set_aside_by_force_only(
    tmp_path: Path, change: Callable[[dict[str, Any]], dict[str, Any]]
) -> None:
    left_behind(tmp_path / "lock", change)
    (tmp_path / "lock.clearing").touch()  # and somebody was killed while clearing it away
    assert locks.take(tmp_path / "lock") is None
    lock = locks.take(tmp_path / "lock", force=True)
    assert lock is not None
    lock.release()


def run_of(root: Path, *, force: bool = False) -> Run:
    return open_run(Place(root, force_unlock=force), "5" * 64, "m", {}, {})


@pytest.mark.usefixtures("no_flock")
def test_a_run_folder_held_on_another_machine_asks_for_force(tmp_path: Path) -> None:
    run = run_of(tmp_path)
    held = run.path / "lock.held"
    run.journal.close()
    held.write_text(json.dumps({**json.loads(held.read_text()), "host": "elsewhere"}))
    with pytest.raises(BusyError) as caught:
        run_of(tmp_path)
    assert f"is in use by process {os.getpid()} on elsewhere since " in caught.value.cause
    assert caught.value.hint.endswith("; if it is gone for certain, add --force-unlock")
    run_of(tmp_path, force=True).close()
    assert not held.exists()


OPENER = """
import sys, time
from pathlib import Path
from briefer.errors import BusyError
from briefer.runs import Place, open_run
if sys.argv[2] == "no flock":
    from tests.crash.faults import without_locks
    without_locks()
sys.stdin.readline()
began = time.monotonic()
try:
    run = open_run(Place(Path(sys.argv[1])), "5" * 64, "m", {}, {})
    print("held", flush=True)
    sys.stdin.readline()
    run.close()
except BusyError as error:
    print(round(time.monotonic() - began, 3), error.cause, flush=True)
"""


@pytest.mark.parametrize("kind", ["flock", "no flock"])
def test_of_eight_processes_one_gets_the_folder_and_the_others_are_told_who(tmp_path: Path, kind: str) -> None:
    started = [
        subprocess.Popen(
            [sys.executable, "-c", OPENER, str(tmp_path), kind],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=_with_paths(),
        )
        for _ in range(8)
    ]
    time.sleep(0.1)
    said = []
    for process in started:
        assert process.stdin
        process.stdin.write("go\n")
        process.stdin.flush()
    for process in started:
        assert process.stdout
        said.append(process.stdout.readline().strip())
    holder = next(process for process, line in zip(started, said, strict=True) if line == "held")
    for process in started:
        process.communicate("\n")
    assert said.count("held") == 1
    refused = [line for line in said if line != "held"]
    assert all(f"process {holder.pid} on " in line and " since " in line for line in refused), refused
    assert len([path for path in (tmp_path / ".briefer" / "runs").iterdir() if path.is_dir()]) == 1
    assert max(float(line.split()[0]) for line in refused) < 1.5
