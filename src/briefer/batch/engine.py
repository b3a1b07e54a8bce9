"""A batch at work: so many bundles side by side, each on its own, and a row for each as soon as it is done."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncGenerator, Callable, Iterator
from dataclasses import dataclass, replace

from briefer.batch.commission import Drafted, Postponed, draft, lost_of, taken_by
from briefer.batch.ledger import Item, Ledger
from briefer.batch.preflight import OUTPUTS, Look
from briefer.batch.rows import Row, of_briefing, of_error, of_records
from briefer.briefing import Briefing
from briefer.bundle import Bundle
from briefer.disk import make_folder, write_atomic
from briefer.errors import BrieferError, BudgetError, InputError, NeedsPersonError, StorageError, UnavailableError
from briefer.journal import Journal
from briefer.models.budget import Amount
from briefer.render import render
from briefer.text import one_line

# So many bundles in a row that fail for a reason of the provider's end a batch. One alone may be to blame itself,
# such as for a word that a filter in between refuses.
_IN_A_ROW = 5
_THEIRS = (NeedsPersonError, UnavailableError)
_WIDTH = 80


@dataclass(slots=True)
class Batch:
    """A batch at work; `stopped` is the error that ended it before all was done."""

    ledger: Ledger
    look: Look
    trace: Callable[[Exception], None]
    stopped: BrieferError | None = None
    calls: int = 0
    _failed: int = 0

    async def work(self) -> AsyncGenerator[Row, None]:
        """Work through the plan, some bundles at a time, and yield the row of each that is done.

        What fails one bundle is its row. What concerns them all sets `stopped`: no bundle is begun any more, and those
        under way come to their own end.
        """
        make_folder(self.look.folder / OUTPUTS)
        _count_past(self.ledger, self.look)
        todo, done = self.ledger.todo(), asyncio.Queue[Row | None]()
        workers = [asyncio.create_task(self._worker(todo, done)) for _ in range(self.look.asked.at_once)]
        try:
            for _ in workers:
                while row := await done.get():
                    yield row
            await asyncio.gather(*workers)
        finally:
            for worker in workers:
                worker.cancel()
            await asyncio.gather(*workers, return_exceptions=True)

    async def _worker(self, todo: Iterator[Item], done: asyncio.Queue[Row | None]) -> None:
        try:
            while not self.stopped and (item := next(todo, None)):
                row = await self._one(item)
                if row:
                    done.put_nowait(row)
        except BrieferError as error:
            self.stopped = self.stopped or error
        finally:
            done.put_nowait(None)

    async def _one(self, item: Item) -> Row | None:
        """Return the row of one bundle; None for one that the budget, the disk or the post leaves undone."""
        began = time.monotonic()
        asked = self.look.asked
        row = Row(item.name, item.source.shown, item.source.line, sha256=item.sha256)
        try:
            bundle = _read(item)
            drafted = await draft(bundle, asked, self.look.runs, item.repeat)
        except InputError as error:
            drafted = Drafted(None, error)
        if drafted.briefing:
            row, drafted = self._written(row, drafted.briefing, drafted)
        if isinstance(drafted.error, BudgetError | StorageError):
            raise drafted.error
        if isinstance(drafted.error, Postponed):
            return None
        if drafted.error:
            self.trace(drafted.error)
            row = replace(row, **of_error(drafted.error))
        self._judge(drafted.error)
        seconds = round(time.monotonic() - began, 3)
        notes = tuple(map(one_line, drafted.notes))
        row = replace(row, **of_records(drafted.records, asked.base_url), seconds=seconds, notes=notes)
        self.ledger.finish(item, row, drafted.taken)
        return row

    def _written(self, row: Row, briefing: Briefing, drafted: Drafted) -> tuple[Row, Drafted]:
        """Write a briefing in all forms; what goes wrong becomes the bundle's error."""
        paths = self.look.paths(row.name)
        try:
            row = replace(row, **of_briefing(briefing), files=tuple(f"{OUTPUTS}/{path.name}" for path in paths))
            for form, path in zip(self.look.asked.formats, paths, strict=True):
                write_atomic(path, render(briefing, form, width=_WIDTH).encode("utf-8", "replace"))
        except Exception as error:
            return row, replace(drafted, error=error)
        return row, drafted

    def _judge(self, error: Exception | None) -> None:
        """Stop the batch once nothing but the provider's failures has come for a while."""
        self._failed = self._failed + 1 if isinstance(error, _THEIRS) else 0
        if self._failed >= _IN_A_ROW and isinstance(error, BrieferError):
            self.stopped = self.stopped or error


def _read(item: Item) -> Bundle:
    bundle = item.source.read()
    if bundle.sha256 != item.sha256:
        reason = f"{item.source.label} has changed since the batch began"
        raise InputError(reason, hint="run the same command again")
    return bundle


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
    read = Journal.read(journal)
    return taken_by([*read.records, *lost_of(read)], item.source.read(), look.asked) or Amount()
