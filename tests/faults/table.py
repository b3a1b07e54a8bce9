"""All faults, by what goes wrong."""

from __future__ import annotations

from tests.faults import around, body, ending, http, keeping, many, net, replies, resuming
from tests.faults.row import Fault, Shown

AREAS: tuple[tuple[str, tuple[Fault | Shown, ...]], ...] = (
    ("The server refuses", http.ROWS),
    ("The connection fails", net.ROWS),
    ("The answer is no chat completion", body.ROWS),
    ("The reply is not what was asked for", replies.ROWS),
    ("The run is stopped", ending.ROWS),
    ("The disk, and other runs", keeping.ROWS),
    ("What changes between two runs", resuming.ROWS),
    ("Many bundles", many.ROWS),
    ("The machine around it", around.ROWS),
)
ROWS: tuple[Fault | Shown, ...] = tuple(row for _, rows in AREAS for row in rows)
