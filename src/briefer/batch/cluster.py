"""A batch on a cluster: bundles go to workers on all nodes, and what they make comes back to the ledger."""

from __future__ import annotations

import asyncio
import pickle
from collections.abc import AsyncGenerator, Callable, Generator, Iterator
from contextlib import aclosing, closing, contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any
from uuid import uuid4

from briefer.batch import nodes
from briefer.batch.commission import Commission
from briefer.batch.engine import Batch
from briefer.batch.ledger import Item
from briefer.batch.making import read
from briefer.batch.rows import Row
from briefer.batch.worker import Back, Outfit, Sent
from briefer.data import own_version
from briefer.disk import storing
from briefer.errors import BrieferError, InputError
from briefer.models.budget import Budget
from briefer.models.till import Counted

# Bundles that are given to Ray at a time: each wave starts its workers anew (seconds), and is held in memory.
_BUNDLES = 4000
_BYTES = 64 << 20
_BREATH = 50  # bundles read before signals have their turn
_LAST = 0.5  # seconds in which workers write down what they have, once their calls are broken off


@dataclass(frozen=True, slots=True)
class Crew:
    """How a batch is worked at on a cluster; `at_once` is how many bundles are in flight on all nodes together.

    `equip` opens the doors of a worker: it takes a commission without, how many bundles it has in flight, and a till.
    """

    equip: Callable[[Commission, int, Counted | None], Commission]
    at_once: int

    async def work(self, batch: Batch) -> AsyncGenerator[Row, None]:
        """Send the bundles of the plan to workers and keep what comes back: an `Engine`."""
        if not batch.ledger.count()[0]:
            return
        with _token(batch.look.folder) as token:
            try:
                cores = await asyncio.to_thread(nodes.join)
                nodes.heed_signals()
                shift = await asyncio.to_thread(self._begun, batch, token, cores)
                async with aclosing(shift.rows()) as rows:
                    async for row in rows:
                        yield row
            finally:
                await asyncio.to_thread(nodes.leave)

    def _begun(self, batch: Batch, token: str, cores: int) -> Shift:
        """Return the work of a cluster whose nodes have all proved that they can do it. Raises BrieferError."""
        workers = max(1, min(cores, self.at_once))
        each = self.at_once // workers
        asked = batch.look.asked
        bare = replace(asked, doors=None, spill=asked.spill.resolve() if asked.spill else None)
        look = replace(batch.look, asked=bare, folder=batch.look.folder.resolve())
        outfit = Outfit(partial(self.equip, bare, each), look, token, own_version())
        nodes.prove(outfit)
        budget = asked.doors.shared.budget if asked.doors else Budget()
        foreman = nodes.appoint(budget.limits, budget.till.spent)
        return Shift(batch, foreman, lambda sent: nodes.works(sent, outfit, foreman, workers, each))


class Shift:
    """The plan of a batch, worked off on a cluster that is up."""

    def __init__(self, batch: Batch, foreman: Any, works: Callable[[list[bytes]], Generator[Back]]) -> None:
        """`foreman` is a handle of the workers' Foreman; `works` sends bundles to them and yields what comes back."""
        self._batch = batch
        self._foreman = foreman
        self._works = works
        self._sent: dict[int, Item] = {}
        self._settled = 0
        self._begun: int | None = None  # how many bundles were begun, once there will be no more
        self._closing: asyncio.Future[None] | None = None
        self._listening: asyncio.Future[None] | None = None
        self._over = False

    async def rows(self) -> AsyncGenerator[Row, None]:
        """Yield the row of each bundle that is done, wave by wave."""
        self._batch.closed_by = self._close
        todo = self._batch.ledger.todo()
        try:
            while not self._batch.stopped and (wave := await self._loaded(todo)):
                async with aclosing(self._sailed(wave)) as rows:
                    async for row in rows:
                        yield row
        finally:
            self._over = True
            if self._closing:
                with suppress(Exception):
                    await asyncio.wait_for(self._foreman.end.remote(), _LAST)
            if self._listening:  # it ends with the first bundle that comes back
                await asyncio.wait({self._listening}, timeout=_LAST)

    async def _loaded(self, todo: Iterator[Item]) -> list[bytes]:
        """Return the next bundles as they are sent; in place of one that cannot be read stands why."""
        wave: list[bytes] = []
        size = 0
        for item in todo:
            try:
                sent = Sent(item, read(item).model_dump_json())
            except InputError as error:
                sent = Sent(item, error)
            self._sent[item.place] = item
            wave.append(pickle.dumps(sent))
            size += len(wave[-1])
            if len(wave) == _BUNDLES or size >= _BYTES:
                break
            if len(wave) % _BREATH == 0:
                await asyncio.sleep(0)
        return wave

    async def _sailed(self, wave: list[bytes]) -> AsyncGenerator[Row, None]:
        """Send a wave to the workers; yield the rows of what comes back."""
        came: asyncio.Queue[Back | BrieferError | None] = asyncio.Queue()
        await self._foreman.relieve.remote()
        loop = asyncio.get_running_loop()

        def put(back: Back | BrieferError | None) -> None:
            loop.call_soon_threadsafe(came.put_nowait, back)

        self._listening = loop.run_in_executor(None, self._listen, wave, put)
        while back := await came.get():
            if isinstance(back, BrieferError):
                self._batch.stopped = self._batch.stopped or back
                return
            row = self._kept(back)
            if row:
                yield row
            if self._batch.stopped and self._begun is None:
                self._begun = await self._foreman.stop.remote()
            if self._begun is not None and self._settled >= self._begun:
                return  # the rest of the wave comes back as it was sent

    def _listen(self, wave: list[bytes], put: Callable[[Back | BrieferError | None], object]) -> None:
        """Put what comes back, or the error that ended it; runs in a thread of its own."""
        try:
            with closing(self._works(wave)) as works:
                for back in works:
                    if self._over:
                        return
                    put(back)
        except BrieferError as error:
            if not self._over:
                put(error)
        finally:
            with suppress(RuntimeError):  # the loop is over as well
                put(None)

    def _kept(self, back: Back) -> Row | None:
        """Keep what became of a bundle; None for one that was not done."""
        self._batch.stopped = self._batch.stopped or back.problem
        self._batch.notes.update(dict.fromkeys(back.notes))
        item = self._sent.pop(back.place)
        if back.made is None:
            return None
        self._settled += 1
        self._batch.under_way += 1
        try:
            return self._batch.settle(item, back.made)
        except BrieferError as error:  # the ledger cannot be written
            self._batch.stopped = self._batch.stopped or error
            return None
        finally:
            self._count()

    def _close(self, landed: Callable[[], None]) -> None:
        """Have no call begun, and `landed` called when none is under way: what a signal asks for."""
        self._closing = asyncio.ensure_future(self._closed(landed))

    async def _closed(self, landed: Callable[[], None]) -> None:
        self._begun = await self._foreman.close.remote()
        self._count()
        await self._foreman.landed.remote()
        landed()

    def _count(self) -> None:
        if self._begun is not None:
            self._batch.under_way = max(0, self._begun - self._settled)


@contextmanager
def _token(folder: Path) -> Iterator[str]:
    """Have a file in the folder, by which nodes know that they see it, as long as this lasts; yield its name."""
    path = folder / f".cluster-{uuid4().hex}"
    with storing(f"cannot write {path}"):
        path.touch()
    try:
        yield path.name
    finally:
        path.unlink(missing_ok=True)
