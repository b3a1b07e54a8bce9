"""A reply that the run folder cannot take goes elsewhere, and comes back with the next command."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from briefer.errors import StorageError
from briefer.journal import Journal, encode
from briefer.runs import Place, open_run
from briefer.spill import Spill
from tests.test_journal import call, keyed, room_for, sent


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    return folder


def filled(path: Path, elsewhere: Path) -> Journal:
    """A journal that is longer than what its spill will be."""
    journal = Journal.open(path, Spill("run", elsewhere))
    for number in range(9):
        journal.append(keyed(str(number)))
    return journal


LATE = [keyed("b", b"y" * 99), keyed("c")]
SIZE = sum(len(encode(record)) for record in LATE)


async def full(path: Path, elsewhere: Path) -> tuple[list[str], StorageError]:
    """A disk that is full before two calls come back; return what happened in which order, and what a third is told."""
    journal, order = filled(path, elsewhere), []
    for record in LATE:
        await journal.begin(sent(record.key))

    async def refusal() -> StorageError:
        with pytest.raises(StorageError) as caught:
            await journal.begin(sent("d"))
        order.append("d refused")
        return caught.value

    with room_for(path.stat().st_size + 20):
        journal.settle(LATE[0])
        await journal.synced()
        assert journal.find("b") == LATE[0]  # it is safe, so it counts
        refused = asyncio.ensure_future(refusal())
        await asyncio.sleep(0.02)
        order.append("c")
        journal.settle(LATE[1])
        await journal.synced()
        error = await refused
    journal.close()
    return order, error


def test_replies_under_way_are_kept_and_then_nothing_more_is_begun(tmp_path: Path, elsewhere: Path) -> None:
    path, spilled = tmp_path / "j", elsewhere / "briefer-spill-run.jsonl"
    order, error = asyncio.run(full(path, elsewhere))
    assert order == ["c", "d refused"]
    assert (error.exit_code, error.cause) == (7, f"cannot write to {path}: no space left on device")
    assert error.safe.endswith(f"; 2 later ones ({SIZE:,} bytes) in {spilled}")
    assert error.hint == f"free {SIZE:,} bytes or more there, then run the same command again: it takes them back"
    assert spilled.stat().st_mode & 0o777 == 0o600
    assert list(Journal.read(spilled).records) == LATE


def test_what_was_spilled_is_taken_back_as_soon_as_there_is_room(tmp_path: Path, elsewhere: Path) -> None:
    path, spilled = tmp_path / "j", elsewhere / "briefer-spill-run.jsonl"
    asyncio.run(full(path, elsewhere))
    again = Journal.open(path, Spill("run", elsewhere))
    assert again.warnings == [f"2 replies taken back from {spilled}"]
    assert again.unanswered == ()
    again.close()
    assert not spilled.exists()
    assert list(Journal.read(path).records)[-2:] == LATE


def test_the_spill_stays_while_there_is_no_room(tmp_path: Path, elsewhere: Path) -> None:
    path, spilled = tmp_path / "j", elsewhere / "briefer-spill-run.jsonl"
    filled(path, elsewhere).close()
    spilled.write_bytes(encode(keyed("late")))
    with room_for(path.stat().st_size + 20), pytest.raises(StorageError, match="no space left on device") as caught:
        Journal.open(path, Spill("run", elsewhere))
    assert caught.value.hint == (
        f"free {spilled.stat().st_size:,} bytes or more there, then run the same command again"
    )
    assert str(spilled) in caught.value.safe
    assert Journal.read(spilled).find("late") is not None


def test_what_was_taken_back_before_a_kill_is_not_taken_twice(tmp_path: Path, elsewhere: Path) -> None:
    path, spilled = tmp_path / "j", elsewhere / "briefer-spill-run.jsonl"
    path.write_bytes(encode(keyed("a")) + encode(keyed("b")))
    spilled.write_bytes(encode(keyed("b")) + encode(keyed("c")) + encode(keyed("d"))[:-9])
    journal = Journal.open(path, Spill("run", elsewhere))
    journal.close()
    assert [record.key for record in Journal.read(path).records] == ["a", "b", "c"]
    assert journal.warnings[-1] == f"1 reply taken back from {spilled}"


def test_a_torn_spill_does_not_fuse_with_what_follows(elsewhere: Path) -> None:
    path = elsewhere / "briefer-spill-run.jsonl"
    path.write_bytes(encode(keyed("a")) + encode(keyed("b"))[:-9])
    path.chmod(0o600)
    spill = Spill("run", elsewhere)
    spill.keep(encode(keyed("c")))
    spill.close()
    assert [record.key for record in Journal.read(path).records] == ["a", "c"]


@pytest.mark.parametrize("kind", ["link", "hard link", "writable", "folder"])
def test_a_file_that_another_could_have_put_there_is_not_trusted(tmp_path: Path, elsewhere: Path, kind: str) -> None:
    path, other = elsewhere / "briefer-spill-run.jsonl", tmp_path / "other"
    other.write_bytes(encode(keyed("made up")))
    if kind == "link":
        path.symlink_to(other)
    elif kind == "hard link":
        os.link(other, path)
    elif kind == "folder":
        path.mkdir()
    else:
        path.write_bytes(other.read_bytes())
        path.chmod(0o666)
    spill = Spill("run", elsewhere)
    assert spill.held() == []
    with pytest.raises(OSError, match=r".+"):
        spill.keep(encode(keyed("a")))
    assert other.read_bytes() == encode(keyed("made up"))


def test_the_next_place_is_taken_where_the_first_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, elsewhere: Path
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path / "not there"))
    name = f"test-{os.getpid()}"
    spill = Spill(name)
    spill.keep(encode(keyed("a")))
    [used] = spill.used
    spill.close()
    assert used.parent in (Path("/tmp"), Path("/var/tmp"), Path("/dev/shm"))
    assert list(Spill(name).held()) == [used]
    used.unlink()


def test_a_spill_folder_that_takes_nothing_is_found_before_anything_is_paid_for(tmp_path: Path) -> None:
    for folder in (tmp_path / "missing", tmp_path / "file"):
        (tmp_path / "file").touch()
        with pytest.raises(StorageError, match="for spilled replies"):
            open_run(Place(tmp_path, spill=folder), "5" * 64, "m", {}, {})


def test_a_call_that_is_never_sent_is_not_told_of(tmp_path: Path, elsewhere: Path) -> None:
    async def full() -> None:
        journal = filled(tmp_path / "j", elsewhere)
        with room_for((tmp_path / "j").stat().st_size + 20), pytest.raises(StorageError):
            await call(journal, "never")
        journal.close()

    asyncio.run(full())
    journal = Journal.open(tmp_path / "j", Spill("run", elsewhere))
    assert journal.unanswered == ()
    assert journal.find("never") is None
    journal.close()
    assert list(elsewhere.iterdir()) == []
