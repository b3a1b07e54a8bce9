"""Where the papers differ: one thing counted, dated, named or blamed differently by two outlets.

Computed from the articles alone. Precision first: a thing counts as the same only where the words around it say so,
and what can be true at once (bounds, ranges, rounding, an earlier and a later count) is no conflict.
"""

from __future__ import annotations

from briefer.briefing import Disagreement
from briefer.bundle import Bundle
from briefer.differences.causes import causes
from briefer.differences.moments import moments
from briefer.differences.names import names
from briefer.differences.tolls import tolls


def disagreements(bundle: Bundle) -> tuple[Disagreement, ...]:
    """Return what the outlets tell differently, conflicts before what only changed with time."""
    found = [*tolls(bundle), *causes(bundle), *moments(bundle), *names(bundle)]
    return tuple(sorted(found, key=lambda d: d.over_time))
