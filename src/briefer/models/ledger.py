"""The ledger: what each attempt took, and which replies cost nothing since the journal held them."""

from __future__ import annotations

import logging
from dataclasses import dataclass, field

from briefer.calls import Spent
from briefer.journal import Record

_LOG = logging.getLogger("briefer.ledger")


@dataclass(frozen=True, slots=True)
class Entry:
    """One attempt and what it took: by the server's count or, `estimated`, where there is none.

    `held` marks a reply that the journal had: it took `spent` when it came and nothing now.
    """

    record: Record = field(repr=False)  # a whole reply
    spent: Spent
    estimated: bool = False
    held: bool = False


def enter(entry: Entry) -> None:
    """Tell whoever listens (`briefer.ledger` in `logging`, at INFO)."""
    _LOG.info("%s", entry)
