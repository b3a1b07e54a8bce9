"""A batch from what was ordered to its exit code."""

from __future__ import annotations

import asyncio
import os
import traceback
from collections.abc import Callable
from contextlib import aclosing, closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path
from textwrap import fill

from briefer.api import commission, equipped
from briefer.batch.engine import Batch, Engine, side_by_side
from briefer.batch.github import annotated, step_summary
from briefer.batch.inputs import find
from briefer.batch.junit import write_junit
from briefer.batch.ledger import Ledger
from briefer.batch.preflight import Look, Shard, look_at
from briefer.batch.summary import Total, facts, write_summary
from briefer.cli.progress import Progress
from briefer.cli.running import remark_on_model
from briefer.cli.stopping import to_its_end
from briefer.cli.terminal import (
    colour_wanted,
    ensure_stdout,
    ensure_writable,
    note,
    print_lines,
    print_result,
    table_width,
)
from briefer.disk import storing
from briefer.errors import InputError
from briefer.render import Format
from briefer.render.tables import Column, table
from briefer.sections import Section
from briefer.settings import Settings

_BREATH = 50  # bundles looked at before signals and progress have their turn
_LISTED = 20


@dataclass(frozen=True, slots=True)
class Order:
    """What `batch` has been asked to do."""

    named: tuple[str, ...]
    folder: Path
    settings: Settings
    sections: tuple[Section, ...]
    formats: tuple[Format, ...]
    shard: tuple[int, int]
    retry_failed: bool
    force: bool
    junit: Path | None
    github: bool
    quiet: bool
    debug: bool
    on_ray: bool = False


def run_batch(order: Order) -> int:
    """Do what was ordered in a folder that is held, print the summary and return the exit code. Raises BrieferError."""
    if order.junit:
        ensure_writable(order.junit)
    ensure_stdout()
    asked = commission(order.settings, sections=order.sections, formats=order.formats)
    remark_on_model(order.settings, order.quiet)
    engine = _on_ray(order.settings) if order.on_ray else side_by_side
    if asked.doors and asked.at_once < order.settings.concurrency and not order.on_ray:
        some = f"{asked.at_once} bundles at a time, not {order.settings.concurrency}"
        note(f"{some}: this process may open few files (ulimit -n)", order.quiet)
    with closing(Ledger(order.folder / "batch.sqlite")) as ledger:
        look = Look(asked, order.folder, Shard(*order.shard), order.retry_failed)
        return _run(order, Batch(ledger, look, _tracer(order.debug), engine))


def _on_ray(settings: Settings) -> Engine:
    """Return the engine that works on a cluster; its nodes get the settings, but no key."""
    from briefer.batch.cluster import Crew

    if settings.shown_url != settings.base_url:
        reason = "an address with a password would be handed to every node"
        raise InputError(
            reason, hint="leave the password out of the base URL; nodes take the key from their environment"
        )
    return Crew(partial(equipped, replace(settings, api_key=None)), settings.concurrency).work


def _run(order: Order, batch: Batch) -> int:
    asked, ledger = batch.look.asked, batch.ledger
    began = datetime.now(UTC).isoformat(timespec="seconds")
    with Progress(order.quiet) as progress:
        to_its_end(_work(order, batch, progress), [order.folder], batch=batch)
    stopped = batch.stopped.cause if batch.stopped else None
    ended = {"began": began, "ended": datetime.now(UTC).isoformat(timespec="seconds"), "stopped": stopped}
    shard = {"shard": "/".join(map(str, order.shard))}
    summed = write_summary(order.folder, ledger.rows(), asked, order.settings.fail_on, {**ended, **shard})
    for text in (*batch.notes, *(asked.doors.notes if asked.doors else ())):
        note(text, order.quiet)
    _report(order, ledger, summed)
    if batch.stopped:
        raise batch.stopped
    return summed.code


async def _work(order: Order, batch: Batch, progress: Progress) -> None:
    """Look at everything, then work through what is to be done."""
    ledger, doors = batch.ledger, batch.look.asked.doors
    try:
        for number in look_at(find(order.named, order.folder), ledger, batch.look):
            if number % _BREATH == 0:
                progress.looking(number)
                await asyncio.sleep(0)
        if order.force:
            ledger.force()
        progress.begin(*ledger.count())
        for row in islice(ledger.unusable(), _LISTED):
            progress.note(f"{row.status}: {row.name}: {row.told}")
        async with aclosing(batch.work()) as rows, progress.ticking():
            async for row in rows:
                progress.add(row)
    finally:
        if doors:
            await doors.aclose()


def _tracer(wanted: bool) -> Callable[[Exception], None]:
    def trace(error: Exception) -> None:
        if wanted:
            note("".join(traceback.format_exception(error)))

    return trace


def _report(order: Order, ledger: Ledger, summed: Total) -> None:
    """Write and print what is wanted of the sum."""
    if order.junit:
        write_junit(order.junit, ledger.rows(), summed)
    print_lines(_summary(ledger, summed))
    if order.github:
        said = annotated(ledger.rows(), summed, order.settings.prompts)
        print_result("".join(f"{line}\n" for line in said))
        _append_step_summary(step_summary(ledger.rows(), summed))
    note(f"written to {order.folder}", order.quiet)


def _summary(ledger: Ledger, summed: Total) -> str:
    """Return the summary: how many came to what, what it took, and the bundles that somebody should look at."""
    columns = (Column("bundles", number=True), Column("status"))
    rows = [[f"{count:,}", status] for status, count in summed.statuses.most_common()]
    lines = [table(columns, rows, width=table_width(), color=colour_wanted()), "\n"]
    lines += [f"{fill(line, table_width(), break_long_words=False)}\n" for line in facts(summed)]
    bad = list(islice((row for row in ledger.rows() if row.exit_code(summed.fail_on)), _LISTED))
    if bad:
        heads = (Column("bundle"), Column("status"), Column("why"))
        shown = [[row.name, row.status, row.told] for row in bad]
        lines += ["\n", table(heads, shown, width=table_width(), color=colour_wanted())]
    more = summed.bundles - summed.codes[0] - len(bad)
    return "".join([*lines, f"and {more:,} more: see summary.jsonl\n" if more > 0 else ""])


def _append_step_summary(text: str) -> None:
    path = os.environ.get("GITHUB_STEP_SUMMARY")
    if path:
        with storing(f"cannot write {path}"), open(path, "a", encoding="utf-8", errors="replace") as file:
            file.write(text)
