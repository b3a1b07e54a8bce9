"""A folder that one process at a time works in.

It imports little: a folder is taken before all else is imported, so that whoever comes second leaves at once.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from briefer.errors import BusyError
from briefer.locks import Lock, holder, is_named, take


@contextmanager
def held(folder: Path, *, force_unlock: bool = False) -> Iterator[None]:
    """Hold the folder of a batch: nobody else works in it meanwhile. Raises `BusyError` at once."""
    lock = hold(folder, force=force_unlock)
    try:
        yield
    finally:
        lock.release()


def hold(folder: Path, *, force: bool) -> Lock:
    """Take a folder until the lock is given back; `force` as for `locks.take`. Raises `BusyError` at once."""
    path = folder / "lock"
    lock = take(path, force=force)
    if lock is None:
        raise BusyError(
            f"the run folder {folder} is in use by {holder(path)}", hint=way_on(path), safe="nothing was changed"
        )
    return lock


def way_on(path: Path) -> str:
    """Return what to do where another process holds the lock of `path`."""
    gone = "; if it is gone for certain, add --force-unlock" if is_named(path) else ""
    return f"wait for it to end, or stop it; then run the same command again{gone}"
