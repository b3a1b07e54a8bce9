"""The journal loses nothing but what was torn, and a run folder belongs to one process."""

from __future__ import annotations

import asyncio
import errno
import json
import os
import resource
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefer.errors import BusyError, InputError, StorageError
from briefer.journal import Journal, Record, Status, encode
from briefer.runs import Place, Run, open_run

OK = Record(
    key="ab" * 32,
    status=Status.OK,
    section="papers_say",
    outlet="The Post",
    round="draft",
    model="m",
    at="2026-03-10T12:00:00+00:00",
    http=200,
    body=b'{"choices":[]}',
    seconds=0.25,
)


def keyed(key: str, body: bytes = b"x", status: Status = Status.OK) -> Record:
    return replace(OK, key=key, body=body, status=status)


def write(path: Path, *records: Record) -> bytes:
    data = b"".join(map(encode, records))
    path.write_bytes(data)
    return data


def test_a_record_is_one_ascii_line_with_its_length_and_digest() -> None:
    line = encode(replace(OK, body="é\u2028\u0085\n".encode()))
    assert line.isascii()
    assert line.count(b"\n") == 1
    assert line.endswith(b"\n")
    envelope = json.loads(line)
    assert sorted(envelope) == ["bytes", "record", "sha256"]
    assert envelope["record"] == {
        "v": 1, "key": "ab" * 32, "repeat": 0, "section": "papers_say", "outlet": "The Post", "round": "draft",
        "model": "m", "at": "2026-03-10T12:00:00+00:00", "status": "ok", "http": 200, "body": "é\u2028\u0085\n",
        "seconds": 0.25,
    }  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=60)
@given(
    bodies=st.lists(st.one_of(st.binary(max_size=60), st.text(max_size=40).map(lambda t: t.encode("utf-8", "replace"))))
)
def test_any_bytes_come_back_as_they_were(tmp_path: Path, bodies: list[bytes]) -> None:
    path = tmp_path / "j"
    path.unlink(missing_ok=True)
    journal = Journal.open(path)
    for at, body in enumerate(bodies):
        journal.append(keyed(str(at), body))
    journal.close()
    again = Journal.read(path)
    assert [record.body for record in again.records] == bodies
    assert again.warnings == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=100)
@given(bodies=st.lists(st.binary(max_size=30), min_size=1, max_size=4), data=st.data())
def test_a_tear_at_any_offset_loses_the_torn_record_only(
    tmp_path: Path, bodies: list[bytes], data: st.DataObject
) -> None:
    path = tmp_path / "j"
    records = [keyed(str(at), body) for at, body in enumerate(bodies)]
    whole = write(path, *records)
    cut = data.draw(st.integers(0, len(whole)))
    path.write_bytes(whole[:cut])
    ends = [len(b"".join(map(encode, records[: at + 1]))) for at in range(len(records))]
    kept = [record for record, end in zip(records, ends, strict=True) if cut >= end - 1]  # the newline may be missing

    assert list(Journal.read(path).records) == kept
    assert path.read_bytes() == whole[:cut]  # a reader touches nothing
    journal = Journal.open(path)
    assert list(journal.records) == kept
    torn = cut not in {0, *ends, *(end - 1 for end in ends)}
    assert len(journal.warnings) == torn
    journal.append(keyed("next"))
    journal.close()
    after = Journal.read(path)
    assert list(after.records) == [*kept, keyed("next")]
    assert after.warnings == []


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=100)
@given(at=st.integers(0, 10_000), bit=st.integers(0, 7))
def test_a_flipped_bit_costs_no_record_but_its_own(tmp_path: Path, at: int, bit: int) -> None:
    path = tmp_path / "j"
    lines = [encode(keyed(str(number), b"body \xff")) for number in range(3)]
    data = bytearray(b"".join(lines))
    start, end = len(lines[0]), len(lines[0]) + len(lines[1]) - 1  # all of the middle line but its newline
    data[start + at % (end - start)] ^= 1 << bit
    path.write_bytes(data)
    journal = Journal.read(path)
    assert {"0", "2"} <= {record.key for record in journal.records}
    if "1" not in {record.key for record in journal.records}:
        assert f"at byte {start} is damaged and set aside" in journal.warnings[0]


def test_a_damaged_record_is_named_with_its_offset(tmp_path: Path) -> None:
    path = tmp_path / "calls.jsonl"
    first, second, third = encode(keyed("a")), encode(keyed("b")), encode(keyed("c"))
    path.write_bytes(first + second.replace(b'"draft"', b'"DRAFT"') + third)
    journal = Journal.open(path)
    journal.close()
    assert [record.key for record in journal.records] == ["a", "c"]
    assert journal.warnings == [
        f"calls.jsonl: the record at byte {len(first)} is damaged and set aside; its call is made again"
    ]


def test_a_torn_tail_is_cut_and_said_so(tmp_path: Path) -> None:
    path = tmp_path / "calls.jsonl"
    first = encode(keyed("a"))
    path.write_bytes(first + encode(keyed("b"))[:-40])
    torn_at = path.stat().st_size
    journal = Journal.open(path)
    journal.close()
    assert journal.warnings == [
        f"calls.jsonl: the last record was cut short at byte {torn_at} and is left out; its call is made again"
    ]
    assert path.read_bytes() == first


def test_only_good_replies_are_found_and_the_latest_of_them() -> None:
    bad = [keyed("k", b"bad", status) for status in Status if status is not Status.OK]
    journal = Journal(Path("j"), [keyed("k", b"one"), keyed("k", b"two"), *bad, *[replace(b, key="b") for b in bad]])
    found = journal.find("k")
    assert found is not None
    assert found.body == b"two"
    assert journal.find("b") is None
    assert journal.find("k", repeat=1) is None


def test_attempts_are_those_that_led_to_the_latest_good_reply() -> None:
    bad = keyed("k", b"", Status.HTTP)
    journal = Journal(Path("j"), [bad, keyed("k", b"one"), bad, keyed("k", b"two"), bad])
    assert [record.body for record in journal.attempts("k")] == [b"", b"two"]
    assert Journal(Path("j"), [bad, bad]).attempts("k") == (bad, bad)


def test_a_newer_format_is_refused_and_nothing_touched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "calls.jsonl"
    monkeypatch.setattr("briefer.records.VERSION", 2)
    data = write(path, OK) + b"torn"
    path.write_bytes(data)
    monkeypatch.undo()
    for opened in (Journal.open, Journal.read):
        with pytest.raises(InputError, match="is of format 2, and this briefer reads up to 1") as caught:
            opened(path)
        assert caught.value.exit_code == 3
    assert path.read_bytes() == data


def test_a_tape_that_is_not_there_is_an_input_error(tmp_path: Path) -> None:
    with pytest.raises(InputError) as caught:
        Journal.read(tmp_path / "no.jsonl")
    assert caught.value.cause == f"cannot read the tape {tmp_path / 'no.jsonl'}: no such file or directory"
    assert caught.value.hint == "check the path, or record one with --record"


def test_files_are_private(tmp_path: Path) -> None:
    Journal.open(tmp_path / "j").close()
    assert (tmp_path / "j").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("kind", ["link", "fifo", "device", "folder"])
def test_what_is_not_a_plain_file_is_refused(tmp_path: Path, kind: str) -> None:
    path = tmp_path / "j"
    if kind == "link":
        path.symlink_to(tmp_path / "elsewhere")
    elif kind == "fifo":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    with pytest.raises(StorageError) as caught:
        Journal.open(Path("/dev/full") if kind == "device" else path)
    assert caught.value.exit_code == 7
    assert not (tmp_path / "elsewhere").exists()


@contextmanager
def room_for(size: int) -> Iterator[None]:
    """Let no file of this process grow beyond so many bytes, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    ignored = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        signal.signal(signal.SIGXFSZ, ignored)


def failing(times: int = 1) -> Callable[[int], None]:
    """An fsync that fails so many times, then works."""
    real, left = os.fsync, [times]

    def fsync(fd: int) -> None:
        left[0] -= 1
        if left[0] >= 0:
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        real(fd)

    return fsync


def test_a_full_disk_takes_the_half_line_back_and_ends_writing(tmp_path: Path) -> None:
    path = tmp_path / "j"
    journal = Journal.open(path)
    journal.append(keyed("a"))
    before = path.read_bytes()
    with room_for(len(before) + 50), pytest.raises(StorageError, match="no space left on device") as caught:
        journal.append(keyed("b"))
    assert caught.value.hint == f"append what is printed below to {path}, then run the same command again"
    assert caught.value.safe.endswith("; 1 reply could be written nowhere but here")
    assert caught.value.unkept == [encode(keyed("b"))]
    assert path.read_bytes() == before
    with pytest.raises(StorageError, match="no space left on device"):
        journal.append(keyed("b"))
    with pytest.raises(StorageError) as caught:  # whoever was told so may have been cancelled
        journal.close()
    assert caught.value.unkept == [encode(keyed("b"))]


def test_a_failed_fsync_is_never_tried_again_on_that_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What was not yet safe is written again into a part beside it, which every reader reads."""
    path = tmp_path / "j"
    journal = Journal.open(path)
    journal.append(keyed("a"))
    monkeypatch.setattr(os, "fsync", failing())
    journal.append(keyed("b"))
    monkeypatch.undo()
    journal.append(keyed("c"))
    journal.close()
    assert journal.warnings == ["j: the disk reported an error (input/output error); replies go to j.2 from here on"]
    assert [record.key for record in Journal.read(tmp_path / "j.2").records] == ["b", "c"]
    for opened in (Journal.open, Journal.read):
        again = opened(path)
        assert [record.key for record in again.records] == ["a", "b", "c"]  # b stands in both
        again.close()


def test_with_no_place_left_the_run_stops(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    journal = Journal.open(tmp_path / "j")
    monkeypatch.setattr(os, "fsync", failing(times=99))
    with pytest.raises(StorageError, match="input/output error"):
        journal.append(keyed("a"))
    monkeypatch.undo()
    with pytest.raises(StorageError, match="input/output error"):
        journal.ready()
    assert not (tmp_path / "j.2").exists()
    with pytest.raises(StorageError, match="input/output error"):
        journal.close()


def test_a_tape_open_for_reading_cannot_be_written(tmp_path: Path) -> None:
    write(tmp_path / "j", OK)
    with pytest.raises(StorageError, match="open for reading only"):
        Journal.read(tmp_path / "j").append(OK)


def test_one_writer_at_a_time(tmp_path: Path) -> None:
    first = Journal.open(tmp_path / "j")
    with pytest.raises(BusyError) as caught:
        Journal.open(tmp_path / "j")
    assert caught.value.exit_code == 8
    first.close()
    Journal.open(tmp_path / "j").close()


def sent(key: str) -> Record:
    return keyed(key, b"", Status.SENT)


async def call(journal: Journal, key: str, body: bytes = b"x") -> None:
    await journal.begin(sent(key))
    await asyncio.sleep(0)
    journal.settle(keyed(key, body))
    await journal.synced()


def test_a_call_without_an_outcome_is_told_of_until_it_has_one(tmp_path: Path) -> None:
    async def killed() -> None:
        journal = Journal.open(tmp_path / "j")
        await journal.begin(sent("a"))
        await call(journal, "b")
        await journal.begin(sent("c"))
        await call(journal, "c")  # one of the two calls for c has come to an end
        journal.close()

    asyncio.run(killed())
    journal = Journal.open(tmp_path / "j")
    assert [record.key for record in journal.unanswered] == ["a", "c"]
    assert [record.key for record in journal.records] == ["b", "c"]
    assert journal.find("a") is None
    journal.append(keyed("a"))
    assert [record.key for record in journal.unanswered] == ["c"]
    journal.close()


def test_those_who_wait_for_the_disk_wait_together(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    syncs = []
    real = os.fsync

    def slow(fd: int) -> None:
        syncs.append(fd)
        time.sleep(0.05)
        real(fd)

    async def many() -> None:
        journal = Journal.open(tmp_path / "j")
        monkeypatch.setattr(os, "fsync", slow)
        await asyncio.gather(*(call(journal, str(number)) for number in range(64)))
        assert len(journal.records) == 64
        journal.close()

    asyncio.run(many())
    assert len(syncs) <= 3
    assert len(Journal.read(tmp_path / "j").records) == 64


def test_no_reply_counts_before_the_disk_has_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, gate = os.fsync, threading.Event()

    def held(fd: int) -> None:
        gate.wait(5)
        real(fd)

    async def waiting() -> None:
        journal = Journal.open(tmp_path / "j")
        monkeypatch.setattr(os, "fsync", held)
        waits = asyncio.ensure_future(call(journal, "a"))
        await asyncio.sleep(0.05)
        assert not waits.done()
        assert journal.find("a") is None
        gate.set()
        await waits
        assert journal.find("a") is not None
        journal.close()

    asyncio.run(waiting())


def test_whoever_is_cancelled_while_waiting_for_the_disk_leaves_the_record(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = os.fsync

    def slow(fd: int) -> None:
        time.sleep(0.1)
        real(fd)

    async def cancelled() -> None:
        journal = Journal.open(tmp_path / "j")
        monkeypatch.setattr(os, "fsync", slow)
        calls = [asyncio.ensure_future(call(journal, str(number))) for number in range(3)]
        await asyncio.sleep(0.02)
        for each in calls:
            each.cancel()
        await asyncio.gather(*calls, return_exceptions=True)
        assert [record.key for record in Journal.read(tmp_path / "j").records] == ["0", "1", "2"]
        journal.close()

    asyncio.run(cancelled())
    assert [record.key for record in Journal.read(tmp_path / "j").records] == ["0", "1", "2"]


def test_without_a_thread_the_disk_is_waited_for_in_place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_: threading.Thread) -> None:
        raise RuntimeError("can't start new thread")

    async def alone() -> None:
        journal = Journal.open(tmp_path / "j")
        monkeypatch.setattr(threading.Thread, "start", refused)
        await call(journal, "a")
        assert journal.find("a") is not None
        journal.close()

    asyncio.run(alone())


def test_a_disk_error_under_several_calls_loses_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async def struck() -> None:
        journal = Journal.open(tmp_path / "j")
        await call(journal, "before")
        monkeypatch.setattr(os, "fsync", failing())
        await asyncio.gather(*(call(journal, str(number)) for number in range(5)))
        assert [w for w in journal.warnings if "replies go to j.2" in w]
        await call(journal, "after")
        journal.close()

    asyncio.run(struck())
    again = Journal.open(tmp_path / "j")
    assert sorted(record.key for record in again.records) == ["0", "1", "2", "3", "4", "after", "before"]
    assert again.unanswered == ()
    again.append(keyed("later"))
    again.close()
    assert Journal.read(tmp_path / "j.2").find("later") is not None


KILLED = """
import os, sys
from pathlib import Path
from tests.test_journal import keyed
from briefer.journal import Journal
journal = Journal.open(Path(sys.argv[1]))
for number in range(1000):
    journal.append(keyed(str(number), b"x" * 200))
    print(number, flush=True)
    if number == 5:
        os.kill(os.getpid(), 9)
"""


def test_a_killed_process_leaves_every_record_that_it_reported(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-c", KILLED, str(tmp_path / "j")],
        capture_output=True,
        text=True,
        env=_with_paths(),
        check=False,
    )
    assert done.returncode == -9
    journal = Journal.open(tmp_path / "j")
    journal.close()
    assert [record.key for record in journal.records] == done.stdout.split()
    assert len(journal.records) == 6


def _with_paths() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": os.pathsep.join(["", *sys.path])}


def run_of(root: Path, model: str = "m", **settings_: str) -> Run:
    return open_run(Place(root), "5" * 64, model, {"_system": "0123456789ab"}, settings_)


def test_runs_of_one_second_have_their_names_in_order(tmp_path: Path) -> None:
    folders = []
    for model in "abcdef":
        run = run_of(tmp_path, model)
        folders.append(run.path)
        run.close()
    assert sorted(folders) == folders


def test_a_run_folder_has_its_manifest_and_private_files(tmp_path: Path) -> None:
    run = run_of(tmp_path)
    run.journal.append(OK)
    run.save_briefing('{"schema": "briefer/briefing/1"}')
    assert run.path.parent == tmp_path / ".briefer" / "runs"
    stamp, _, run_id = run.path.name.partition("-")
    manifest = json.loads((run.path / "run.json").read_text())
    assert manifest["started"].endswith("+00:00")
    assert (len(stamp), manifest["id"], manifest["model"]) == (16, run_id, "m")
    assert str(tmp_path) not in (run.path / "run.json").read_text()
    assert sorted(p.name for p in run.path.iterdir()) == ["briefing.json", "calls.jsonl", "lock", "run.json"]
    assert {p.stat().st_mode & 0o777 for p in run.path.iterdir()} == {0o600}
    assert run.path.stat().st_mode & 0o777 == 0o700
    run.close()


def test_the_same_command_takes_its_folder_again_and_another_gets_its_own(tmp_path: Path) -> None:
    first = run_of(tmp_path)
    first.journal.append(OK)
    first.close()
    again = run_of(tmp_path)
    assert (again.path, again.resumed) == (first.path, True)
    assert again.journal.find(OK.key) == OK
    again.close()
    for other in (run_of(tmp_path, model="other"), run_of(tmp_path, language="de")):
        assert other.path != first.path
        assert not other.resumed
        assert other.journal.find(OK.key) is None
        other.close()


def test_a_folder_that_was_moved_goes_on_where_it_lies(tmp_path: Path) -> None:
    run = run_of(tmp_path / "a")
    run.journal.append(OK)
    run.close()
    (tmp_path / "a").rename(tmp_path / "b")
    moved = run_of(tmp_path / "b")
    assert moved.resumed
    assert moved.journal.find(OK.key) == OK
    moved.close()


def test_a_folder_in_use_names_its_holder(tmp_path: Path) -> None:
    run = run_of(tmp_path)
    with pytest.raises(BusyError) as caught:
        run_of(tmp_path)
    holder = json.loads((run.path / "lock").read_text())
    assert caught.value.exit_code == 8
    assert caught.value.cause == (
        f"the run folder {run.path} is in use by process {os.getpid()} on {holder['host']} since {holder['since']}"
    )
    run.close()
    run_of(tmp_path).close()


def test_a_folder_killed_before_its_manifest_is_taken_again(tmp_path: Path) -> None:
    run = run_of(tmp_path)
    run.close()
    (run.path / "run.json").unlink()
    again = run_of(tmp_path)
    assert again.path == run.path
    assert (run.path / "run.json").exists()
    again.close()


@pytest.mark.parametrize(
    ("content", "cause"),
    [("{", "is damaged"), ("[]", "is damaged"), ('{"v": 2}', "is damaged"), ("newer", "is of format 2")],
)
def test_a_damaged_or_newer_manifest_is_refused(tmp_path: Path, content: str, cause: str) -> None:
    run = run_of(tmp_path)
    run.close()
    path = run.path / "run.json"
    if content == "newer":
        content = path.read_text().replace('"v": 1', '"v": 2')
    path.write_text(content)
    with pytest.raises(InputError, match=cause) as caught:
        run_of(tmp_path)
    assert caught.value.exit_code == 3
    assert path.read_text() == content


def test_a_briefing_that_could_not_be_written_is_found_at_once(tmp_path: Path) -> None:
    run = run_of(tmp_path)
    run.close()
    (run.path / "briefing.json").mkdir()
    with pytest.raises(StorageError, match="is not a plain file"):
        run_of(tmp_path)


def test_what_a_kill_left_half_written_is_cleared_away(tmp_path: Path) -> None:
    run = run_of(tmp_path)
    run.close()
    (run.path / ".briefing.json.123.tmp").write_text("half")
    run_of(tmp_path).close()
    assert not list(run.path.glob(".*"))


def test_a_place_where_no_folder_can_be_made_is_a_storage_error(tmp_path: Path) -> None:
    (tmp_path / ".briefer").write_text("a file in the way")
    with pytest.raises(StorageError) as caught:
        run_of(tmp_path)
    assert caught.value.exit_code == 7


def test_an_unfinished_briefing_never_replaces_a_whole_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = run_of(tmp_path)
    path = run.save_briefing("old")

    def broken(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", broken)
    with pytest.raises(StorageError, match="no space left on device"):
        run.save_briefing("new")
    monkeypatch.undo()
    assert path.read_text() == "old"
    assert [p.name for p in run.path.glob(".*")] == []
    run.close()
