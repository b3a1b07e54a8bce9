"""The briefing of one bundle, made and written, and the row that is left of it: alike in a shard and in a cluster."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from briefer.batch.commission import Drafted, draft
from briefer.batch.ledger import Item
from briefer.batch.preflight import OUTPUTS, Look
from briefer.batch.rows import Row, of_briefing, of_error, of_records
from briefer.briefing import Briefing
from briefer.bundle import Bundle
from briefer.disk import write_atomic
from briefer.errors import InputError
from briefer.models.till import Amount
from briefer.render import render
from briefer.text import one_line

_WIDTH = 80


@dataclass(frozen=True, slots=True)
class Made:
    """What came of a bundle: its row, the error that ended it, and what a budget counts for its calls."""

    row: Row
    error: Exception | None = None
    taken: Amount | None = None


def read(item: Item) -> Bundle:
    """Read a bundle of the plan; raises InputError, also where it is no longer what was looked at."""
    bundle = item.source.read()
    if bundle.sha256 != item.sha256:
        reason = f"{item.source.label} has changed since the batch began"
        raise InputError(reason, hint="run the same command again")
    return bundle


async def make(item: Item, bundle: Bundle, look: Look) -> Made:
    """Draft and prove a bundle's briefing and write it in all forms; never raises but when cancelled."""
    began = time.monotonic()
    drafted = await draft(bundle, look.asked, look.runs, item.repeat)
    told: Mapping[str, Any] = {}
    if drafted.briefing:
        told, drafted = _written(item.name, look, drafted.briefing, drafted)
    error = drafted.error
    row = replace(row_of(item), **told, notes=tuple(map(one_line, drafted.notes)))
    row = replace(row, **(of_error(error) if error else {}), **of_records(drafted.records, look.asked.base_url))
    return Made(replace(row, seconds=round(time.monotonic() - began, 3)), error, drafted.taken)


def unmade(item: Item, error: Exception) -> Made:
    """Return what comes of a bundle that nothing was asked for, because of an error."""
    return Made(replace(row_of(item), **of_error(error), **of_records((), None)), error)


def row_of(item: Item) -> Row:
    """Return the row of a bundle that nothing has come of yet."""
    return Row(item.name, item.source.shown, item.source.line, sha256=item.sha256)


def _written(name: str, look: Look, briefing: Briefing, drafted: Drafted) -> tuple[Mapping[str, Any], Drafted]:
    """Write a briefing in all forms; what goes wrong becomes the bundle's error."""
    told: Mapping[str, Any] = {}
    try:
        told = {**of_briefing(briefing), "files": tuple(f"{OUTPUTS}/{path.name}" for path in look.paths(name))}
        for form, path in zip(look.asked.formats, look.paths(name), strict=True):
            write_atomic(path, render(briefing, form, width=_WIDTH).encode("utf-8", "replace"))
    except Exception as error:
        return told, replace(drafted, error=error)
    return told, drafted
