"""What is remembered of texts while a bundle is worked on, and forgotten after it.

The checks look at the same sentences again and again, so what they find is kept. The next bundle has other sentences:
a process that works for hours would only fill up.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any, ParamSpec, TypeVar, cast

_P = ParamSpec("_P")
_T = TypeVar("_T")

# With bundles side by side there is always one at work: forgetting after so many costs those at work little.
_AT_MOST = 8

_forgetting: list[Callable[[], None]] = []
_working = _done = 0


def memo(maxsize: int) -> Callable[[Callable[_P, _T]], Callable[_P, _T]]:
    """Return a decorator that keeps the last `maxsize` results of a function until `forget` is called."""

    def remembering(function: Callable[_P, _T]) -> Callable[_P, _T]:
        kept: Any = lru_cache(maxsize)(function)
        _forgetting.append(kept.cache_clear)
        return cast("Callable[_P, _T]", kept)

    return remembering


def forget() -> None:
    """Drop everything that was kept."""
    for clear in _forgetting:
        clear()


@contextmanager
def one_bundle() -> Iterator[None]:
    """Work on one bundle: what was kept is dropped when no other is at work, and after every eighth in any case."""
    global _working, _done  # noqa: PLW0603 -- the caches are the process's, and so is what is at work in it
    _working += 1
    try:
        yield
    finally:
        _working -= 1
        _done += 1
        if not _working or _done >= _AT_MOST:
            _done = 0
            forget()
