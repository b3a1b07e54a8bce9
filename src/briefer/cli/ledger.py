"""Calls in figures: how each ended, what it took; with `-v` a line on stderr for each as it ends."""

from __future__ import annotations

import logging
import os
import sys
from collections import Counter
from collections.abc import Mapping, Sequence

from briefer.briefing import Usage
from briefer.cli.terminal import note
from briefer.history import Took, took
from briefer.journal import Record, Status
from briefer.models.ledger import Entry
from briefer.models.prices import dollars
from briefer.models.proxy import proxy_for
from briefer.text import inert, plural

_HEADS = ("try", "status", "in", "cached", "out", "cost", "seconds")
_WIDTHS = (3, 10, 6, 6, 6, 8, 7)
_NARROW, _WIDE = 20, 36  # of a call's name: in 80 columns, and as much as ever helps


def call_name(record: Record, room: int = 1000) -> str:
    """Return what a call was for: its outlet or its section's key, and its round unless that is the first."""
    round_ = "" if record.round == "draft" else f" ({inert(record.round)})"
    return f"{_cut(inert(record.outlet or record.section), room - len(round_))}{round_}"


def ending(record: Record) -> str:
    """Return how an attempt ended, in a word or two."""
    if record.status is Status.UNKNOWN:
        return "broken off"
    if record.status is not Status.HTTP:
        return record.status
    return f"http {record.http}" if record.http else "not sent"


def figures(taken: Took) -> list[str]:
    """Return tokens in, cached and out, and the cost; a + where more was taken than anybody counted."""
    if not (taken.input_tokens or taken.output_tokens or taken.uncounted):
        return ["", "", "", ""]
    more = "+" if taken.uncounted else ""
    cached = "" if taken.cached_tokens is None else short(taken.cached_tokens)
    tokens = [f"{short(taken.input_tokens)}{more}", cached, f"{short(taken.output_tokens)}{more}"]
    if not (taken.input_tokens or taken.output_tokens):
        tokens = ["", "", ""]
    known = taken.cost is not None and (taken.cost or not taken.uncounted)
    return [*tokens, f"{dollars(taken.cost or 0.0)}{more}" if known else "unknown"]


def short(count: int) -> str:
    """Return 9,999 as it is, 12,345 as 12.3k, 1,234,567 as 1.23M."""
    if count < 10_000:
        return f"{count:,}"
    return f"{count / 1e3:.1f}k" if count < 999_950 else f"{count / 1e6:.2f}M"


def bill(usage: Usage, made: int, *, taped: bool) -> str:
    """Return what it took in one line; replies from a tape or an earlier run count as they did when they came."""
    source = plural(usage.calls, "call")
    if taped:
        source = f"{plural(usage.calls, 'reply', 'replies')} from the tape"
    elif made < usage.calls:
        source += f", {made} of them now"
    parts = [source]
    if usage.input_tokens is None or usage.output_tokens is None:
        parts.append("tokens unknown: not every reply came with a count")
    else:
        share = f" ({usage.cached_tokens / usage.input_tokens:.0%} cached)" if usage.cached_tokens else ""
        parts.append(f"{usage.input_tokens:,} tokens in{share}, {usage.output_tokens:,} out")
        parts.append("cost unknown" if usage.cost is None else f"${usage.cost:.4f}")
    if usage.maybe_billed:
        parts.append(f"may have been billed: {usage.maybe_billed}")
    return " · ".join(parts)


def tell_calls(base_url: str) -> None:
    """From now on print a line for each attempt at a call, and for each reply that need not be asked for."""
    proxy = proxy_to(base_url)
    if proxy:
        note(f"calls go through the proxy {proxy}")
    logger = logging.getLogger("briefer.ledger")
    logger.handlers = [_Lines(base_url)]
    logger.propagate = False
    logger.setLevel(logging.INFO)


class _Lines(logging.Handler):
    def __init__(self, base_url: str) -> None:
        super().__init__()
        self._base_url = base_url
        self._tries: Counter[str] = Counter()

    def emit(self, record: logging.LogRecord) -> None:
        [entry] = record.args if isinstance(record.args, tuple) else [None]
        if not isinstance(entry, Entry):
            return
        room = _room()
        if not self._tries:
            note(_line("call", _HEADS, room))
        self._tries[entry.record.key] += not entry.held
        cells = [f"{self._tries[entry.record.key]}", ending(entry.record)]
        cells += [*figures(took(entry.record, self._base_url)), f"{entry.record.seconds:.1f}"]
        # A reply that the journal held took what it took in an earlier run.
        note(_line(call_name(entry.record, room), ("", "journal") if entry.held else cells, room))


def _line(name: str, cells: Sequence[str], room: int) -> str:
    """Return a call's figures in columns; the name left, the status left, all else right."""
    shown = zip(cells, _WIDTHS, strict=False)
    told = [f"{cell:<{width}}" if at == 1 else f"{cell:>{width}}" for at, (cell, width) in enumerate(shown)]
    return "  ".join([f"{name:<{room}}", *told]).rstrip()


def _room() -> int:
    """Return the columns for a call's name: what stderr's terminal leaves."""
    try:
        columns = os.get_terminal_size(sys.stderr.fileno()).columns
    except (OSError, ValueError):
        columns = 100
    return min(max(columns - sum(_WIDTHS) - 2 * len(_WIDTHS), _NARROW), _WIDE)


def _cut(text: str, room: int) -> str:
    return text if len(text) <= room else f"{text[: max(room - 1, 1)]}…"


def proxy_to(base_url: str, proxies: Mapping[str, str] | None = None) -> str:
    """Return the host and port of the proxy on the way to an address, "" for none; never a name or a password."""
    proxy = proxy_for(base_url, proxies)
    return (proxy.address or "of the environment") if proxy else ""
