"""Running to the end or to a signal, which leaves with a word on what is safe."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Coroutine, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import typer

from briefer.api import Opened
from briefer.cli.signals import StoppedError, until_signal
from briefer.cli.terminal import note
from briefer.journal import Status
from briefer.models.limiter import Close
from briefer.text import plural

if TYPE_CHECKING:
    from briefer.batch.engine import Batch

_T = TypeVar("_T")


def to_its_end(
    main: Coroutine[Any, Any, _T],
    where: Sequence[Path] = (),
    opened: Sequence[Opened] = (),
    batch: Batch | None = None,
) -> _T:
    """Run `main`; on a signal say what is safe and end with 128 + its number.

    `where` are folders that keep what there is; `opened` is the desk that `main` opens, once it has, and its folder;
    `batch` is the one that it works through.
    """
    try:
        return asyncio.run(until_signal(main, lambda: batch.close if batch else _close(opened)))
    except StoppedError as stopped:
        standing = f": {batch.standing()}" if batch else "".join(map(_standing, opened))
        note(f"briefer: stopped by {signal.Signals(stopped.number).name}{standing}")
        for folder in (*where, *(desk.run.path for desk in opened if desk.run)):
            note(f"  safe: every reply that arrived is in {folder}")
        note("  next: run the same command again; it goes on from there")
        raise typer.Exit(128 + stopped.number) from None


def _close(opened: Sequence[Opened]) -> Close | None:
    doors = opened[0].doors if opened else ()
    return doors[0].limiter.close if doors else None


def _standing(opened: Opened) -> str:
    """Return how many calls have their reply, how many have not, and what may be billed for nothing."""
    if opened.run is None:
        return ""
    journal = opened.run.journal
    calls = [journal.attempts(key) for key in dict.fromkeys(opened.asked)]
    done = sum(bool(attempts) and attempts[-1].status is Status.OK for attempts in calls)
    maybe = sum(attempt.status is Status.UNKNOWN for attempts in calls for attempt in attempts)
    billed = f"; may have been billed: {maybe}" if maybe else ""
    return f": {plural(done, 'call')} done, {len(calls) - done} open{billed}"
