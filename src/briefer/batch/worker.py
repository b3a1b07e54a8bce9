"""A worker of a cluster: one process with a door of its own, that makes the briefings it is sent."""

from __future__ import annotations

import asyncio
import os
import pickle
import traceback
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, NamedTuple
from uuid import uuid4

from briefer.batch.commission import Commission
from briefer.batch.foreman import STRIKES, Turn
from briefer.batch.ledger import Item
from briefer.batch.making import Made, make, unmade
from briefer.batch.preflight import Look
from briefer.bundle import Bundle
from briefer.data import own_version
from briefer.errors import BrieferError, InputError, NeedsPersonError, UnavailableError
from briefer.models.till import Amount, Counted


class Sent(NamedTuple):
    """A bundle on its way to a worker, as JSON, or why it could not be read."""

    item: Item
    bundle: str | InputError


class Back(NamedTuple):
    """What a worker sends back: what it made, or None where the batch was stopped before that.

    `problem` is why its machine cannot work at the batch, `notes` what there is to say of the server.
    """

    place: int
    made: Made | None = None
    problem: BrieferError | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Outfit:
    """What a worker needs to begin. It holds no key: `equip` opens the doors with that of the worker's environment.

    `token` is the name of a file in the output folder, by which a worker knows that it sees the folder of the batch.
    """

    equip: Callable[[Counted | None], Commission]
    look: Look
    token: str
    version: str

    def problem(self) -> BrieferError | None:
        """Return why this machine cannot work at the batch."""
        where = os.uname().nodename
        if own_version() != self.version:
            reason = f"{where} has briefer {own_version()}, and the batch was begun by {self.version}"
            return NeedsPersonError(reason, hint="install the same briefer on all nodes")
        folder = self.look.folder
        if not (folder / self.token).exists():
            reason = f"{where} does not see the output folder {folder}"
            return InputError(reason, hint="name a folder on storage that all nodes share, by the same path")
        if not os.access(folder, os.W_OK):
            return InputError(f"{where} may not write to {folder}", hint="give it the permission")
        try:
            self.equip(None)
        except BrieferError as error:
            hint = f"{error.hint}, in the environment in which Ray runs there" if error.hint else ""
            return type(error)(f"{where}: {error.cause}", hint=hint)
        return None


class Worker:
    """Called by Ray Data with one bundle at a time, many at once; never raises, since that would end the dataset."""

    def __init__(self, outfit: Outfit, foreman: Any) -> None:
        """`foreman` is a handle of the Foreman that all workers share."""
        self._outfit = outfit
        self._foreman = foreman
        self._id = uuid4().hex
        self._look: Look | None = None
        self._room = asyncio.Semaphore()
        self._tasks: set[asyncio.Task[Made]] = set()
        self._closing: asyncio.Task[None] | None = None

    async def __call__(self, block: Any) -> dict[str, list[bytes]]:
        """Make the briefing of the one bundle of a block."""
        sent: Sent = pickle.loads(block["sent"][0].as_py())
        back = Back(sent.item.place)
        try:
            look = self._look or self._begin()
            back = back._replace(made=await self._made(sent, look), notes=tuple(_notes(look.asked)))
        except _Unfit as unfit:
            back = back._replace(problem=unfit.problem)
        except Exception as error:
            back = back._replace(made=unmade(sent.item, error))
        return {"back": [_packed(back)]}

    async def _made(self, sent: Sent, look: Look) -> Made | None:
        async with self._room:
            turn: Turn = await self._foreman.begin.remote(sent.item.place, self._id)
            if not turn.go:
                return None
            if turn.before >= STRIKES:
                reason = f"the process that worked on it was killed {turn.before} times"
                hint = "give the nodes more memory, or run it alone to see what it does"
                return unmade(sent.item, UnavailableError(reason, hint=hint))
            if isinstance(sent.bundle, InputError):
                return unmade(sent.item, sent.bundle)
            bundle = Bundle.model_validate_json(sent.bundle)
            task = asyncio.ensure_future(make(sent.item, bundle, look))
            self._tasks.add(task)
            try:
                return await task
            except asyncio.CancelledError:
                return None
            finally:
                self._tasks.discard(task)

    def _begin(self) -> Look:
        """Open the doors; a machine that joined the cluster since the batch began is looked at as the others were."""
        problem = self._outfit.problem()
        if problem:
            raise _Unfit(problem)
        asked = self._outfit.equip(_Shared(self._foreman, self._id))
        self._room = asyncio.Semaphore(asked.at_once)
        self._look = replace(self._outfit.look, asked=asked)
        self._closing = asyncio.ensure_future(self._close(asked))
        return self._look

    async def _close(self, asked: Commission) -> None:
        """Once the foreman says so, begin no call; then break off what is under way, and tell when all is written."""
        await self._foreman.closed.remote()
        landed = asyncio.Event()
        if asked.doors:
            asked.doors.shared.limiter.close(landed.set)
        ended = asyncio.ensure_future(_until(self._foreman.ended.remote()))
        await asyncio.wait({ended, asyncio.ensure_future(landed.wait())}, return_when=asyncio.FIRST_COMPLETED)
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await self._foreman.land.remote(self._id)


class _Unfit(Exception):
    def __init__(self, problem: BrieferError) -> None:
        super().__init__(problem.cause)
        self.problem = problem


async def _until(reply: Awaitable[Any]) -> None:
    await reply


def _notes(asked: Commission) -> Sequence[str]:
    return asked.doors.notes if asked.doors else ()


class _Shared:
    """The foreman's till, as the budget of a worker's doors uses it."""

    spent = Amount()

    def __init__(self, foreman: Any, worker: str) -> None:
        self._foreman = foreman
        self._worker = worker

    async def take(self, amount: Amount) -> int | None:
        """Hold an amount there."""
        number: int | None | Exception = await self._foreman.take.remote(amount, self._worker)
        if isinstance(number, Exception):
            raise number
        return number

    def give(self, number: int, took: Amount) -> None:
        """Settle it there; nothing waits for that."""
        self._foreman.give.remote(number, took)

    def count(self, amount: Amount) -> None:
        """Count nothing: what earlier runs took is counted before there is a worker."""


def _packed(back: Back) -> bytes:
    """Return it as bytes; an error of no known kind goes as its traceback, which would be lost on the way."""
    made = back.made
    if made and made.error and not isinstance(made.error, BrieferError):
        told = RuntimeError("".join(traceback.format_exception(made.error)))
        back = back._replace(made=replace(made, error=told))
    return pickle.dumps(back)
