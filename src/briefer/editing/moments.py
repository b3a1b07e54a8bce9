"""Moments as an editor reads and writes them: in the machine's own time zone."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, time, timedelta

_WRITTEN = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:[T ](\d\d):?(\d\d)(?::?(\d\d))?)?")


def told(moment: datetime) -> str:
    """Return a moment as "22 Nov 2026, 16:05"."""
    local = moment.astimezone()
    return f"{local.day} {local:%b %Y, %H:%M}"


def moment_of(words: str) -> datetime | None:
    """Return the end of the moment that is written: of the minute, or of the day; None if it is none.

    Takes `2026-11-22`, `2026-11-22 16:05`, `2026-11-22T16:05:30`, `today` and `yesterday`.
    """
    days = {"today": 0, "yesterday": 1}
    if words.lower() in days:
        words = (date.today() - timedelta(days=days[words.lower()])).isoformat()
    found = _WRITTEN.fullmatch(words.strip())
    if not found:
        return None
    year, month, day, hour, minute, second = (int(part) if part else None for part in found.groups())
    try:
        clock = time.max if hour is None else time(hour, minute or 0, 59 if second is None else second, 999999)
        return datetime.combine(date(year or 1, month or 0, day or 0), clock).astimezone(UTC)
    except ValueError:
        return None
