"""How far a batch is: a bar on a terminal, one line a minute anywhere else."""

from __future__ import annotations

import asyncio
import os
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any, Self

from briefer.batch.rows import Row
from briefer.cli.terminal import note
from briefer.models.prices import dollars
from briefer.render.safety import quiet
from briefer.text import inert, plural

if TYPE_CHECKING:
    from rich.live import Live

_EVERY = 60.0  # seconds between two lines of a log


class Progress:
    """Progress on stderr, silent when that is wanted."""

    def __init__(self, silent: bool, every: float = _EVERY) -> None:
        """Outside of a terminal a line is written `every` so many seconds."""
        self._silent = silent
        self._every = every
        self._began = time.monotonic()
        self._todo = 0
        # All there from the beginning: the bar is drawn in a thread of its own.
        self._done: Counter[str] = Counter(complete=0, incomplete=0, failed=0)
        self._withheld = 0
        self._cost = 0.0
        self._live: Live | None = None
        self._bar: Any = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def looking(self, number: int) -> None:
        """So many bundles were looked at."""
        if self._silent or not _animates():
            return
        sys.stderr.write(f"\r\x1b[K{number:,} bundles looked at")
        sys.stderr.flush()

    def begin(self, todo: int, before: int, unusable: int) -> None:
        """All were looked at: so many are to be done, were done before, and will not be done."""
        self._todo, self._began = todo, time.monotonic()
        if not self._silent and _animates():
            sys.stderr.write("\r\x1b[K")
        others = ((before, "done before"), (unusable, "left out"))
        told = [f"{todo:,} to do", *(f"{count:,} {what}" for count, what in others if count)]
        note(f"{plural(todo + before + unusable, 'bundle')}: {', '.join(told)}", self._silent)
        if todo and not self._silent and _animates():
            self._start(todo)

    def note(self, text: str) -> None:
        """Write a line for people, above the bar."""
        if self._live is None:
            note(text, self._silent)
            return
        from rich.text import Text

        self._live.console.print(Text(quiet(inert(text))))

    def add(self, row: Row) -> None:
        """One more is done."""
        self._done[row.status] += 1
        self._withheld += row.withheld
        self._cost += row.cost or 0.0
        if self._live is None:
            return
        if row.status == "failed":
            self.note(f"{row.name}: {row.cause}")
        self._bar.update(0, advance=1)

    @asynccontextmanager
    async def ticking(self) -> AsyncIterator[None]:
        """Write a line every minute while this lasts, where there is no bar."""
        ticker = asyncio.create_task(self._tick())
        try:
            yield
        finally:
            ticker.cancel()
            self._stop()

    async def _tick(self) -> None:
        while True:
            await asyncio.sleep(self._every)
            if self._live is None:
                note(f"{self._done.total():,} of {self._todo:,} · {self.told()}", self._silent)

    def told(self) -> str:
        """Return in one line what became of the bundles of this run, how fast, and for how much longer."""
        done = self._done.total()
        seconds = time.monotonic() - self._began
        parts = [_duration(seconds), *(f"{count:,} {status}" for status, count in self._done.items() if count)]
        parts += [f"{self._withheld:,} withheld"] if self._withheld else []
        parts += [dollars(self._cost)] if self._cost else []
        if done and seconds > 1:
            left = (self._todo - done) * seconds / done
            parts += [f"{60 * done / seconds:,.0f} a minute", f"{_duration(left)} left"]
        return " · ".join(parts)

    def _start(self, todo: int) -> None:
        from rich.console import Console
        from rich.live import Live
        from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskProgressColumn

        console = Console(file=sys.stderr)
        self._bar = Progress(
            BarColumn(bar_width=None), MofNCompleteColumn(), TaskProgressColumn(), console=console, expand=True
        )
        self._bar.add_task("", total=todo)
        self._live = Live(get_renderable=self._drawn, console=console, refresh_per_second=4, transient=True)
        self._live.start()

    def _drawn(self) -> Any:
        from rich.console import Group
        from rich.text import Text

        return Group(self._bar, Text(self.told(), style="dim", no_wrap=True, overflow="ellipsis"))

    def _stop(self) -> None:
        if self._live:
            self._live.stop()
            self._live = None


def _animates() -> bool:
    return sys.stderr is not None and sys.stderr.isatty() and os.environ.get("TERM") != "dumb"


def _duration(seconds: float) -> str:
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours} h {minutes:02} min" if hours else f"{minutes} min" if minutes >= 10 else f"{minutes}:{rest:02}"
