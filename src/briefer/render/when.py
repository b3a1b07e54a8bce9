"""Dates as people read them: 19 June 2024, June 2024, 27-28 October 2025."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_ISO = re.compile(r"(\d{4})(?:-(0[1-9]|1[0-2])(?:-(0[1-9]|[12]\d|3[01]))?)?", re.ASCII)


def is_date(iso: str) -> bool:
    """Whether `iso` is `YYYY`, `YYYY-MM` or `YYYY-MM-DD`."""
    return _ISO.fullmatch(iso) is not None


def readable(iso: str) -> str:
    """Return `2024-06-19` as "19 June 2024", `2024-06` as "June 2024"; anything else as it stands."""
    found = _ISO.fullmatch(iso)
    if not found:
        return iso
    year, month, day = found.groups()
    words = (str(int(day)) if day else "", _MONTHS[int(month) - 1] if month else "", year)
    return " ".join(word for word in words if word)


def span(days: Iterable[date]) -> str:
    """Return the range from the first day to the last, what they share said once; "" for no days."""
    known = sorted(days)
    if not known:
        return ""
    first, last = known[0], known[-1]
    end = readable(last.isoformat())
    if first == last:
        return end
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day}–{end}"
    start = readable(first.isoformat())
    return f"{start.removesuffix(f' {last.year}')} – {end}"
