"""Which failures of a call are tried again, how often, and after what pause: the one retry layer."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from math import isfinite
from typing import ClassVar, TypeVar

from tenacity import AsyncRetrying, RetryCallState, retry_if_exception_type, wait_exponential, wait_random

from briefer.models.endpoint import Endpoint

Sleep = Callable[[float], Awaitable[None]]
_T = TypeVar("_T")


class Again(Exception):
    """A failed attempt that may be made again: `cause` is a plain sentence, `after` the seconds the server asks for."""

    retries: ClassVar[int] = 1_000_000  # of this kind within one call; the endpoint's attempts bound them all

    def __init__(self, cause: str, after: float | None = None) -> None:
        super().__init__(cause)
        self.cause = cause
        self.after = after
        self.tries, self.waited = 1, 0.0  # attempts of the call, and the seconds between them


class Unreachable(Again):
    """No connection was made, so nothing was billed."""


class Crowded(Unreachable):
    """This machine has no room for another connection: fewer calls at a time may do."""


class Busy(Again):
    """The server said not now: 5xx, or a page of something in between."""


class Throttled(Busy):
    """The server said that this is too much at a time: 429."""


class Lost(Again):
    """The call was broken off after it was sent, so it may have been billed."""


class Slow(Lost):
    """The deadline passed; each further attempt may be billed as well, so there is one."""

    retries = 1


class Garbled(Again):
    """An answer arrived that cannot be used; it was billed, so there is one further attempt."""

    retries = 1


async def attempting(attempt: Callable[[], Awaitable[_T]], endpoint: Endpoint, sleep: Sleep) -> _T:
    """Make attempts until one succeeds or the policy has had enough; then raise the last `Again`.

    Most calls need no policy: it is made, and told of the first failure, once there is one.
    """
    try:
        return await attempt()
    except Again as failure:
        first = [failure]
    policy = _policy(endpoint, sleep)

    async def again() -> _T:
        if first:
            raise first.pop()
        return await attempt()

    try:
        return await policy(again)
    except Again as failure:
        failure.tries, failure.waited = policy.statistics["attempt_number"], policy.statistics["idle_for"]
        raise


def _policy(endpoint: Endpoint, sleep: Sleep) -> AsyncRetrying:
    """Return the policy of one call: jittered exponential pauses, or the server's own, never above `max_wait`.

    A refusal for being too much at a time costs nothing, so it counts as no attempt: the pauses together are bounded.
    """
    seen: Counter[type[Again]] = Counter()
    backoff = wait_exponential(multiplier=0.5, max=endpoint.max_wait) + wait_random(0, 0.5)

    def stop(state: RetryCallState) -> bool:
        failure = _failure(state)
        seen[type(failure)] += 1
        if isinstance(failure, Throttled):
            return state.idle_for >= endpoint.max_wait or state.idle_for + (failure.after or 0.0) > endpoint.max_wait
        too_long = failure.after is not None and failure.after > endpoint.max_wait
        tries = seen.total() - seen[Throttled]
        return too_long or tries >= endpoint.attempts or seen[type(failure)] > failure.retries

    def wait(state: RetryCallState) -> float:
        failure = _failure(state)
        left = endpoint.max_wait - (state.idle_for if isinstance(failure, Throttled) else 0.0)
        return min(failure.after or backoff(state), left)

    return AsyncRetrying(sleep=sleep, retry=retry_if_exception_type(Again), stop=stop, wait=wait, reraise=True)


def _failure(state: RetryCallState) -> Again:
    failure = state.outcome.exception() if state.outcome else None
    if not isinstance(failure, Again):
        raise TypeError("only an Again is tried again")
    return failure


def told_wait(headers: Mapping[str, str], now: datetime, max_wait: float) -> float | None:
    """Return the pause in seconds that a server's headers ask for, the largest if there are several; else None.

    Read are `Retry-After` (seconds or an HTTP date, RFC 9110 10.2.3), `retry-after-ms` and
    `x-ratelimit-reset-*`. The last says when a whole allowance is full again, which is more than
    one call needs, so it counts up to `max_wait` only. Names of headers are lower case.
    """
    told = [_seconds(headers.get("retry-after-ms"), 0.001), _seconds(headers.get("retry-after"))]
    told.append(_until(headers.get("retry-after"), now))
    for name, value in headers.items():
        reset = _duration(value) if name.startswith("x-ratelimit-reset") else None
        told.append(None if reset is None else min(reset, max_wait))
    return max((seconds for seconds in told if seconds is not None), default=None)


def _seconds(value: str | None, unit: float = 1.0) -> float | None:
    try:
        seconds = float(value or "") * unit
    except ValueError:
        return None
    return seconds if isfinite(seconds) and seconds >= 0 else None


def _until(value: str | None, now: datetime) -> float | None:
    try:
        when = parsedate_to_datetime(value or "")
    except (ValueError, TypeError, IndexError):
        return None
    when = when if when.tzinfo else when.replace(tzinfo=UTC)
    return max(0.0, (when - now).total_seconds())


_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0}
_DURATION = re.compile(r"(\d{1,9}(?:\.\d{1,9})?)(ms|s|m|h|d)")


def _duration(value: str) -> float | None:
    """Return the seconds of "6m0s", "20ms" or "1.5"; None for anything else, such as a date."""
    value = value.strip()
    if re.fullmatch(rf"(?:{_DURATION.pattern})+", value):
        return sum(float(number) * _UNITS[unit] for number, unit in _DURATION.findall(value))
    seconds = _seconds(value)
    # Some servers put the time of day there, as seconds since 1970.
    return seconds if seconds is not None and seconds < 1_000_000 else None
