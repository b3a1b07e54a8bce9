"""What the workers of a cluster share: one count of what they take, one word on whether to go on.

A worker is a process that makes briefings; the foreman is one object that all of them call.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass

from briefer.errors import BudgetError
from briefer.models.till import Amount, Limits, Till

# So often a bundle is begun: the processes that worked on it before were killed, perhaps by what it does to them.
STRIKES = 3


@dataclass(frozen=True, slots=True)
class Turn:
    """Whether a bundle may be begun, and how often it was begun before."""

    go: bool
    before: int = 0


class Foreman:
    """Lives in one process of the cluster; its coroutines run in one event loop, so that nothing has to be locked."""

    def __init__(self, limits: Limits, spent: Amount) -> None:
        """`spent` is what earlier runs took."""
        self._till = Till(limits, spent)
        self._begun: Counter[int] = Counter()
        self._earlier = 0
        self._holder: dict[int, str] = {}
        self._aloft: set[str] = set()
        self._stopped = False
        self._closed, self._ended, self._landed = asyncio.Event(), asyncio.Event(), asyncio.Event()

    async def relieve(self) -> None:
        """Forget the workers of a wave that is over, and its bundles: memory does not grow with their number."""
        self._earlier += len(self._begun)
        self._begun.clear()
        self._holder.clear()
        self._aloft.clear()

    async def begin(self, place: int, worker: str) -> Turn:
        """Have a worker begin the bundle at this place of the plan, if the batch goes on."""
        former = self._holder.get(place, worker)
        if former != worker:  # its process is gone, and with it whoever would settle what it held
            self._till.lose(former)
            self._aloft.discard(former)
        if self._stopped:
            return Turn(False)
        self._holder[place] = worker
        self._aloft.add(worker)
        self._begun[place] += 1
        return Turn(True, self._begun[place] - 1)

    async def take(self, amount: Amount, worker: str) -> int | None | BudgetError:
        """Hold an amount, as a till does; its refusal is returned, since errors lose their fields on the way."""
        try:
            return await self._till.take(amount, worker)
        except BudgetError as error:
            return error

    async def give(self, number: int, took: Amount) -> None:
        """Put what was taken in place of what was held."""
        self._till.give(number, took)

    async def stop(self) -> int:
        """Have no bundle begun any more; return how many were."""
        self._stopped = True
        return self._earlier + len(self._begun)

    async def close(self) -> int:
        """Have no call begun any more either; return how many bundles were begun."""
        self._closed.set()
        if not self._aloft:
            self._landed.set()
        return await self.stop()

    async def closed(self) -> None:
        """Return once no call is to be begun."""
        await self._closed.wait()

    async def end(self) -> None:
        """Have the calls under way broken off, and return once all workers have written down what there is."""
        self._ended.set()
        await self._landed.wait()

    async def ended(self) -> None:
        """Return once the calls under way are to be broken off."""
        await self._ended.wait()

    async def land(self, worker: str) -> None:
        """Note that a worker has no bundle under way any more."""
        self._aloft.discard(worker)
        if not self._aloft:
            self._landed.set()

    async def landed(self) -> None:
        """Return once no worker has a bundle under way."""
        await self._landed.wait()
