"""A batch at work: an engine makes briefings, and each bundle's row is kept as soon as it is there."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing
from dataclasses import dataclass, field

from briefer.batch.commission import Postponed, lost_of, taken_by
from briefer.batch.ledger import Item, Ledger
from briefer.batch.making import Made, make, read, unmade
from briefer.batch.preflight import OUTPUTS, Look
from briefer.batch.rows import Row
from briefer.disk import make_folder
from briefer.errors import BrieferError, BudgetError, InputError, NeedsPersonError, StorageError, UnavailableError
from briefer.journal import Journal
from briefer.models.limiter import Close
from briefer.models.till import Amount
from briefer.text import plural

# So many bundles in a row that fail for a reason of the provider's end a batch. One alone may be to blame itself,
# such as for a word that a filter in between refuses.
_IN_A_ROW = 5
_THEIRS = (NeedsPersonError, UnavailableError)


@dataclass(slots=True)
class Batch:
    """A batch at work; `stopped` is the error that ended it before all was done.

    `closed_by` is what closes an engine's calls, if that is not the one limit of this process's doors; `notes` are
    plain sentences about what a server did not take, from doors elsewhere.
    """

    ledger: Ledger
    look: Look
    trace: Callable[[Exception], None]
    engine: Engine
    stopped: BrieferError | None = None
    begun: bool = False
    under_way: int = 0
    closed_by: Close | None = None
    notes: dict[str, None] = field(default_factory=dict)
    _failed: int = 0

    async def work(self) -> AsyncGenerator[Row, None]:
        """Work through the plan, some bundles at a time, and yield the row of each that is done.

        What fails one bundle is its row. What concerns them all sets `stopped`: no bundle is begun any more, and those
        under way come to their own end.
        """
        make_folder(self.look.folder / OUTPUTS)
        _count_past(self.ledger, self.look)
        self.begun = True
        async with aclosing(self.engine(self)) as rows:
            async for row in rows:
                yield row

    def items(self) -> Iterator[Item]:
        """Yield the bundles of the plan one after another, as long as the batch is not stopped."""
        for item in self.ledger.todo():
            if self.stopped:
                return
            self.under_way += 1
            yield item

    def settle(self, item: Item, made: Made) -> Row | None:
        """Keep what came of a bundle; None for one that the budget, the disk or the post leaves undone."""
        self.under_way -= 1
        if isinstance(made.error, BudgetError | StorageError):
            self.stopped = self.stopped or made.error
            return None
        if isinstance(made.error, Postponed):
            return None
        if made.error:
            self.trace(made.error)
        self._judge(made.error)
        self.ledger.finish(item, made.row, made.taken)
        return made.row

    @property
    def close(self) -> Close | None:
        """What closes the batch's calls; None where none are made."""
        doors = self.look.asked.doors
        return (self.closed_by or doors.shared.limiter.close) if doors else None

    def standing(self) -> str:
        """Return in one line how many bundles of the plan are done, under way, and waiting."""
        if not self.begun:
            return "the bundles were being looked at, and nothing was paid"
        todo, done, _ = self.ledger.count()
        return f"{plural(done, 'bundle')} done, {self.under_way} under way, {todo - self.under_way} waiting"

    def _judge(self, error: Exception | None) -> None:
        """Stop the batch once nothing but the provider's failures has come for a while."""
        self._failed = self._failed + 1 if isinstance(error, _THEIRS) else 0
        if self._failed >= _IN_A_ROW and isinstance(error, BrieferError):
            self.stopped = self.stopped or error


Engine = Callable[[Batch], AsyncGenerator[Row, None]]


async def side_by_side(batch: Batch) -> AsyncGenerator[Row, None]:
    """Make the briefings in this process, as many at a time as the commission says."""
    items, done = batch.items(), asyncio.Queue[Row | None]()
    workers = [asyncio.create_task(_worker(batch, items, done)) for _ in range(batch.look.asked.at_once)]
    try:
        for _ in workers:
            while row := await done.get():
                yield row
        await asyncio.gather(*workers)
    finally:
        for worker in workers:
            worker.cancel()
        await asyncio.gather(*workers, return_exceptions=True)


async def _worker(batch: Batch, items: Iterator[Item], done: asyncio.Queue[Row | None]) -> None:
    try:
        for item in items:
            row = batch.settle(item, await _made(item, batch.look))
            if row:
                done.put_nowait(row)
    except BrieferError as error:
        batch.stopped = batch.stopped or error
    finally:
        done.put_nowait(None)


async def _made(item: Item, look: Look) -> Made:
    try:
        bundle = read(item)
    except InputError as error:
        return unmade(item, error)
    return await make(item, bundle, look)


def _count_past(ledger: Ledger, look: Look) -> None:
    """Count against the limits what earlier runs took for the bundles of this batch."""
    budget = look.asked.doors.shared.budget if look.asked.doors else None
    if budget is None or not budget.has_limit:
        return
    for past in ledger.over():
        known = past.tokens is not None
        budget.count(Amount(past.tokens or 0, past.cost or 0.0) if known else _recorded(past.item, look))
    for item in ledger.todo():
        budget.count(_recorded(item, look))


def _recorded(item: Item, look: Look) -> Amount:
    journal = item.run / "calls.jsonl"
    if not journal.exists():
        return Amount()
    held = Journal.read(journal)
    return taken_by([*held.records, *lost_of(held)], item.source.read(), look.asked) or Amount()
