"""What the workers of a cluster share and what one of them does, without Ray: handles call at once."""

from __future__ import annotations

import asyncio
import pickle
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from briefer.api import commission, equipped
from briefer.batch.cluster import Shift
from briefer.batch.engine import Batch
from briefer.batch.foreman import STRIKES, Foreman
from briefer.batch.inputs import find
from briefer.batch.ledger import Ledger
from briefer.batch.making import read
from briefer.batch.preflight import OUTPUTS, Look, look_at
from briefer.batch.rows import Row
from briefer.batch.worker import Back, Outfit, Sent, Worker
from briefer.data import own_version
from briefer.errors import BudgetError, InputError, NeedsPersonError, UnavailableError
from briefer.models.till import Amount, Limits
from briefer.settings import Settings
from tests.batch.test_batch import stories, story
from tests.cli.command import run, write

TOKEN = ".cluster-here"
NO_LIMITS = Limits(), Amount()


class Handle:
    """What Ray gives for an object elsewhere: `handle.method.remote(...)`."""

    def __init__(self, held: Any) -> None:
        self._held = held

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._held, name)

        class Remote:
            @staticmethod
            def remote(*args: Any) -> asyncio.Task[Any]:
                return asyncio.create_task(method(*args))

        return Remote


class Block:
    """A block of one bundle, as far as a worker looks at it."""

    def __init__(self, sent: bytes) -> None:
        self._sent = sent

    def __getitem__(self, name: str) -> list[Block]:
        assert name == "sent"
        return [self]

    def as_py(self) -> bytes:
        return self._sent


def outfit(folder: Path, settings: Settings, at_once: int = 2) -> Outfit:
    (folder / TOKEN).touch()
    asked = commission(Settings(model="extract"))
    equip = partial(equipped, settings, asked, at_once)
    return pickle.loads(pickle.dumps(Outfit(equip, Look(asked, folder.resolve()), TOKEN, own_version())))  # type: ignore[no-any-return]


async def worked(worker: Worker, sent: bytes) -> Back:
    came = await worker(Block(sent))
    [back] = came["back"]
    return pickle.loads(back)  # type: ignore[no-any-return]


def planned(cwd: Path, monkeypatch: pytest.MonkeyPatch, *numbers: int) -> Batch:
    """A batch that has looked at its bundles and works on them with one worker of this process."""
    monkeypatch.chdir(cwd)
    stories(cwd, *numbers)
    folder = cwd / "out"
    (folder / OUTPUTS).mkdir(parents=True)
    look = Look(commission(Settings(model="extract")), folder)
    batch = Batch(Ledger(folder / "batch.sqlite"), look, lambda error: None, lambda batch: None)  # type: ignore[arg-type,return-value]
    for _ in look_at(find(["stories.jsonl"], folder), batch.ledger, look):
        pass
    return batch


def test_a_bundle_is_begun_anew_after_a_kill_but_not_for_ever() -> None:
    async def main() -> list[tuple[bool, int]]:
        foreman = Foreman(*NO_LIMITS)
        turns = [await foreman.begin(7, f"worker-{n}") for n in range(3)]
        await foreman.stop()
        return [(turn.go, turn.before) for turn in (*turns, await foreman.begin(7, "worker-4"))]

    assert asyncio.run(main()) == [(True, 0), (True, 1), (True, 2), (False, 0)]


def test_what_a_killed_worker_held_counts_once_its_bundle_is_begun_anew() -> None:
    async def main() -> None:
        foreman = Foreman(Limits(tokens=1000), Amount(400))
        await foreman.begin(1, "a")
        number = await foreman.take(Amount(500), "a")
        assert isinstance(number, int)
        waiting = asyncio.ensure_future(foreman.take(Amount(90), "b"))
        assert isinstance(await waiting, int)  # there is room for both
        blocked = asyncio.ensure_future(foreman.take(Amount(50), "b"))
        await asyncio.sleep(0)
        assert not blocked.done()  # whoever is under way may take less than held
        await foreman.begin(1, "b")  # the process of `a` is gone
        assert await blocked is None
        await foreman.give(2, Amount(10))
        assert isinstance(await foreman.take(Amount(90), "b"), int)  # 400 + 500 at the worst + 10 + 90
        await foreman.give(3, Amount(90))
        refused = await foreman.take(Amount(1), "b")
        assert isinstance(refused, BudgetError)
        assert "spent 1,000 of 1,000 tokens" in refused.cause

    asyncio.run(main())


def test_all_have_landed_when_no_worker_has_a_bundle_under_way() -> None:
    async def main() -> None:
        foreman = Foreman(*NO_LIMITS)
        await foreman.begin(1, "a")
        await foreman.begin(2, "b")
        assert await foreman.close() == 2
        ends = asyncio.ensure_future(foreman.landed())
        await foreman.land("a")
        await asyncio.sleep(0.01)
        assert not ends.done()
        await foreman.land("b")
        await asyncio.wait_for(ends, 1)

    asyncio.run(main())


def test_a_wave_that_is_over_is_forgotten_but_counted() -> None:
    async def main() -> None:
        foreman = Foreman(*NO_LIMITS)
        await foreman.begin(1, "a")
        await foreman.relieve()
        await foreman.begin(2, "b")
        assert await foreman.close() == 2
        await foreman.land("b")
        await asyncio.wait_for(foreman.landed(), 1)  # nobody waits for "a"

    asyncio.run(main())


def test_a_cluster_that_is_lost_ends_the_batch_and_what_came_is_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = planned(tmp_path, monkeypatch, 1, 2)
    rows = shifted(batch, outfit(batch.look.folder, Settings(model="extract")), lost_after=1)
    assert [row.status for row in rows] == ["complete"]
    assert isinstance(batch.stopped, UnavailableError)
    assert batch.ledger.count() == (1, 1, 0)
    batch.ledger.close()


def test_a_machine_proves_that_it_can_work(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    able = outfit(tmp_path, Settings(model="extract"))
    assert able.problem() is None
    monkeypatch.delenv("BRIEFER_API_KEY", raising=False)
    keyless = outfit(tmp_path, Settings(model="m", base_url="https://models.invalid/v1"))
    problem = keyless.problem()
    assert isinstance(problem, NeedsPersonError)
    assert "there is no key for models.invalid" in problem.cause
    assert problem.hint.endswith("in the environment in which Ray runs there")
    monkeypatch.setenv("BRIEFER_API_KEY", "a-key-of-this-node")
    assert keyless.problem() is None
    assert b"a-key" not in pickle.dumps(keyless)
    (tmp_path / TOKEN).unlink()
    problem = able.problem()
    assert isinstance(problem, InputError)
    assert f"does not see the output folder {tmp_path.resolve()}" in problem.cause
    older = Outfit(able.equip, able.look, able.token, "0.0.1")
    assert isinstance(older.problem(), NeedsPersonError)


def test_a_bundle_that_kills_its_worker_again_and_again_fails_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = planned(tmp_path, monkeypatch, 1)
    [item] = batch.ledger.todo()
    sent = pickle.dumps(Sent(item, read(item).model_dump_json()))

    async def main() -> list[Back]:
        foreman = Handle(Foreman(*NO_LIMITS))
        for number in range(STRIKES):
            await foreman.begin.remote(item.place, f"killed-{number}")
        worker = Worker(outfit(batch.look.folder, Settings(model="extract")), foreman)
        return [await worked(worker, sent)]

    [back] = asyncio.run(main())
    assert back.made
    assert isinstance(back.made.error, UnavailableError)
    assert (back.made.row.status, back.made.row.code) == ("failed", 5)
    assert back.made.row.cause == "the process that worked on it was killed 3 times"
    batch.ledger.close()


def test_a_machine_that_cannot_work_ends_the_batch_and_no_bundle_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    batch = planned(tmp_path, monkeypatch, 1, 2)
    given = outfit(batch.look.folder, Settings(model="extract"))
    (batch.look.folder / TOKEN).unlink()
    assert shifted(batch, given) == []
    assert isinstance(batch.stopped, InputError)
    assert batch.ledger.count() == (2, 0, 0)
    batch.ledger.close()


def test_every_bundle_comes_back_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    batch = planned(tmp_path, monkeypatch, 1, 2, 3)
    write(tmp_path / "stories.jsonl", (tmp_path / "stories.jsonl").read_text().replace("Notice 2", "Notice 9"))
    rows = shifted(batch, outfit(batch.look.folder, Settings(model="extract")))
    told = {row.name: row.status for row in rows}
    assert told == {"story-1": "complete", "story-2": "failed", "story-3": "complete"}
    assert [row.cause for row in rows if row.status == "failed"] == [
        "stories.jsonl, line 2 has changed since the batch began"
    ]
    assert batch.ledger.count() == (0, 3, 0)
    batch.ledger.close()


def shifted(batch: Batch, given: Outfit, lost_after: int = 9) -> list[Row]:
    """Work the plan off with one worker, whose cluster is lost after so many bundles; return the rows."""

    async def main() -> list[Row]:
        foreman = Handle(Foreman(*NO_LIMITS))
        loop, worker = asyncio.get_running_loop(), Worker(given, foreman)

        def works(wave: list[bytes]) -> Any:
            for number, sent in enumerate(wave):
                if number == lost_after:
                    raise UnavailableError("Ray ended the work")
                yield asyncio.run_coroutine_threadsafe(worked(worker, sent), loop).result(20)

        rows = [row async for row in Shift(batch, foreman, works).rows()]
        if worker._closing:
            worker._closing.cancel()
        return rows

    return asyncio.run(main())


def test_without_ray_one_line_says_what_to_install(tmp_path: Path) -> None:
    stories(tmp_path, 1)
    hidden = "import sys\nsys.modules['ray'] = None\n"
    write(tmp_path / "sitecustomize.py", hidden)
    done = run(
        "batch", "stories.jsonl", "-o", "out", "--engine", "ray", cwd=tmp_path, env={"PYTHONPATH": str(tmp_path)}
    )
    assert done.code == 2
    assert done.lines == ["briefer: Ray is not installed", "  next: pip install 'briefer[ray]'"]
    assert not (tmp_path / "out").exists()


def test_another_engine_is_refused(tmp_path: Path) -> None:
    assert story(1)
    done = run("batch", "stories.jsonl", "-o", "out", "--engine", "spark", cwd=tmp_path)
    assert done.code == 2
    assert done.lines[0] == "briefer: there is no engine 'spark'"


def test_an_address_with_a_password_is_not_handed_to_nodes(tmp_path: Path) -> None:
    stories(tmp_path, 1)
    write(tmp_path / "ray" / "__init__.py", "")
    write(tmp_path / "pyarrow" / "__init__.py", "")
    env = {"PYTHONPATH": str(tmp_path), "BRIEFER_API_KEY": "k", "BRIEFER_MODEL": "m"}
    named = ("--base-url", "http://user:secret@127.0.0.1:9/v1")
    done = run("batch", "stories.jsonl", "-o", "out", "--engine", "ray", *named, cwd=tmp_path, env=env)
    assert done.code == 3
    assert "secret" not in done.err
