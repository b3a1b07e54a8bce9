"""How many calls run at a time: doubling while all goes well, halved once for each burst of refusals.

That is TCP's slow start and congestion avoidance (RFC 5681): a server's limit is not known before it is met. Errors of
the server's own (5xx) say nothing about it and change nothing.
"""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import Any, TypeVar

_START = 8
_T = TypeVar("_T")
# What begins no further call, and calls what it is given as soon as none is under way: `Limiter.close`.
Close = Callable[[Callable[[], None]], None]


class Limiter:
    """Slots for calls to one server, shared by everything that calls it; at most `most`, at least one."""

    def __init__(self, most: int, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep) -> None:
        """`sleep` is what waits where the server asked for a pause."""
        self._most = most
        self._limit = float(min(most, _START))
        self._sleep = sleep
        self._doubling = True
        self._running = 0
        self._waiting: deque[asyncio.Future[None]] = deque()
        self._fell = self._open_at = -1.0
        self._flying = 0
        self._landed: Callable[[], None] | None = None

    @property
    def limit(self) -> int:
        """How many calls may run now."""
        return int(self._limit)

    @asynccontextmanager
    async def slot(self) -> AsyncIterator[None]:
        """Wait for a slot, first come first served, and for the end of a pause that the server asked for."""
        if self._waiting or self._running >= self.limit:
            await self._queue()
        else:
            self._running += 1
        try:
            pause = self._open_at - time.monotonic()
            if pause > 0:
                await self._sleep(pause)
            yield
        finally:
            self._running -= 1
            self._wake()

    def clean(self) -> None:
        """Note an answer that came as it should: while others wait for a slot there may be more."""
        if self._waiting:
            self._limit = min(self._most, self._limit + (1 if self._doubling else 1 / self._limit))
            self._wake()

    def refused(self, began: float, pause: float = 0.0) -> None:
        """Note a refusal (429) of a call that began at `began`, on the monotonic clock in seconds.

        Calls that were under way when the limit last fell belong to the same burst. `pause` is for how many seconds
        the server asked to be left alone.
        """
        now = time.monotonic()
        self._open_at = max(self._open_at, now + pause)
        self._doubling = False
        if began > self._fell:
            self._fell = now
            self._limit = max(1.0, self._limit / 2)

    async def fly(self, attempt: Callable[..., Awaitable[_T]], *args: Any) -> _T:
        """Make one attempt at a call; after `close` wait for ever, which is until somebody cancels it."""
        if self._landed:
            await asyncio.get_running_loop().create_future()
        self._flying += 1
        try:
            return await attempt(*args)
        finally:
            self._flying -= 1
            self._tell()

    def close(self, landed: Callable[[], None]) -> None:
        """Begin no further attempt, and call `landed` as soon as none is under way."""
        self._landed = landed
        self._tell()

    def _tell(self) -> None:
        if self._landed and not self._flying:
            self._landed()

    async def _queue(self) -> None:
        turn: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append(turn)
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():  # the slot was given in the same moment
                self._running -= 1
                self._wake()
            raise

    def _wake(self) -> None:
        while self._waiting and self._running < self.limit:
            turn = self._waiting.popleft()
            if not turn.done():
                self._running += 1
                turn.set_result(None)
