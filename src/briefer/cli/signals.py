"""A job run to its end or to a signal: what is under way may still arrive, then everything is closed in order."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Callable, Coroutine
from typing import Any, Final, TypeVar

from briefer.models.limiter import Close

SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
# Seconds in which replies under way may still arrive; closing journal, connections and Python takes the rest of two.
_GRACE: Final = 1.0
_T = TypeVar("_T")


class StoppedError(Exception):
    """A signal ended the job: its number."""

    def __init__(self, number: int) -> None:
        super().__init__(number)
        self.number = number


async def until_signal(main: Coroutine[Any, Any, _T], close: Callable[[], Close | None]) -> _T:
    """Run `main`; raise StoppedError if a signal ended it. `close` returns what closes its calls, None without any.

    After a signal no call is begun, and what is under way may arrive for a moment; a second signal does not wait. Then
    `main` is cancelled.
    """
    loop, task = asyncio.get_running_loop(), asyncio.ensure_future(main)
    stop = _Stop(task, close)
    # What was told to be ignored stays ignored: nohup does that to SIGHUP, a shell's & to SIGINT.
    heeded = [number for number in SIGNALS if signal.getsignal(number) is not signal.SIG_IGN]
    for number in heeded:
        loop.add_signal_handler(number, stop.caught, number)
    try:
        return await task
    except asyncio.CancelledError:
        raise StoppedError(stop.number) from None
    finally:
        for number in heeded:
            loop.remove_signal_handler(number)
            if stop.came:  # one more must not change how the process ends
                signal.signal(number, signal.SIG_IGN)


class _Stop:
    """What signals do to a task; `number` is the first one's."""

    def __init__(self, task: asyncio.Task[Any], close: Callable[[], Close | None]) -> None:
        self._task = task
        self._close = close
        self._ended = False
        self.came = False
        self.number: int = signal.SIGINT

    def caught(self, number: int) -> None:
        """Take in one signal."""
        close = self._close()
        if self.came or close is None:
            self._end()
        if self.came:
            return
        self.came, self.number = True, number
        if close is not None:
            asyncio.get_running_loop().call_later(_GRACE, self._end)
            close(self._end)

    def _end(self) -> None:
        if not self._ended:  # once: what closes the journal must not be cut short
            self._ended = True
            self._task.cancel()
