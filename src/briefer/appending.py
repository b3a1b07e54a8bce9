"""An append-only file whose lines survive a crash, and whose lines move elsewhere when its disk fails.

After a failed fsync the kernel may forget which pages were dirty, so a second fsync that succeeds
proves nothing (the PostgreSQL "fsyncgate" finding of 2018). What was not yet safe is therefore
written again into a new file, a part beside the first; where that fails too, into the spill.
"""

from __future__ import annotations

import asyncio
import os
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from briefer.disk import NO_SPACE, SAFE, open_plain, storage_error, sync_folder, write_line
from briefer.errors import StorageError
from briefer.records import Record, Status, encode
from briefer.spill import Spill
from briefer.text import plural


class Appending:
    """The last part of a journal's file, open for writing.

    `failure` is set once records can no longer be kept where they belong; `warnings` are plain sentences.
    """

    def __init__(self, path: Path, fd: int) -> None:
        """`path` is the file and `fd` its descriptor; further parts `follow`."""
        self.path = path
        self.spill: Spill | None = None
        self.failure: StorageError | None = None
        self.warnings: list[str] = []
        self._fds = [fd]  # all stay open: the lock is on the first one's
        self._unsafe: deque[Record] = deque()  # written, not yet known to be on the disk
        self._safe: list[Record] = []
        self._unkept: list[bytes] = []  # lines that no place took
        self._settled = 0  # records that are safe, or lost and said to be
        self._syncing: asyncio.Task[None] | None = None
        self._thread: ThreadPoolExecutor | None = None

    def follow(self, fd: int) -> None:
        """Go on in the next part."""
        self._fds.append(fd)

    def ensure_safe(self) -> None:
        """Wait until the disk has what an earlier process wrote; `OSError` if it does not take it."""
        os.fsync(self._fds[-1])

    def write(self, record: Record) -> None:
        """Hand a record to the kernel: from here on a killed process leaves it behind, a power cut may not.

        Raises `StorageError` if no place takes it.
        """
        self._unsafe.append(record)
        if self.failure:
            self._give_up(self.failure.__cause__)
            return
        try:
            write_line(self._fds[-1], encode(record))
        except OSError as error:
            self._move(error)

    def sync(self) -> None:
        """Wait until the disk has every record. Raises `StorageError` if no place takes them."""
        if not self._unsafe:
            return
        try:
            os.fsync(self._fds[-1])
        except OSError as error:
            self._move(error)
        self._settle(self._written)

    async def synced(self) -> None:
        """Wait as `sync` does, in a thread; those who wait together share one fsync.

        The records are with the kernel already: whoever is cancelled here leaves nothing unwritten.
        """
        upto = self._written
        while self._settled < upto:
            if self._syncing is None:
                self._syncing = asyncio.ensure_future(self._sync_in_thread())
            await asyncio.shield(self._syncing)

    def taken(self) -> list[Record]:
        """Return the records that have become safe since the last time."""
        safe, self._safe = self._safe, []
        return safe

    def close(self) -> None:
        """Wait for the disk and close all parts; `StorageError` if there is a reply that no place took."""
        if self._thread:
            self._thread.shutdown()
        try:
            self.sync()
        finally:
            for fd in self._fds:
                os.close(fd)
            if self.spill:
                self.spill.close()
        if self.failure and self._unkept:
            raise self.failure

    @property
    def _written(self) -> int:
        return self._settled + len(self._unsafe)

    async def _sync_in_thread(self) -> None:
        fd, upto = self._fds[-1], self._written
        try:
            self._thread = self._thread or ThreadPoolExecutor(1, "briefer-fsync")
            await asyncio.get_running_loop().run_in_executor(self._thread, os.fsync, fd)
        except OSError as error:
            if self._settled < upto and fd == self._fds[-1]:
                self._move(error)
        except RuntimeError:  # no more threads are to be had
            self.sync()
        else:
            self._settle(upto)
        finally:
            self._syncing = None

    def _settle(self, upto: int) -> None:
        while self._settled < upto:
            self._safe.append(self._unsafe.popleft())
            self._settled += 1

    def _move(self, error: OSError) -> None:
        """Write what is not yet safe into a new part, and if that fails into the spill."""
        if error.errno in NO_SPACE or not self._begin_part():
            self._give_up(error)
            return
        self._settle(self._written)
        self.warnings.append(
            f"{self.path.name}: the disk reported an error ({(error.strerror or str(error)).lower()}); "
            f"replies go to {_part(self.path, len(self._fds)).name} from here on"
        )

    def _begin_part(self) -> bool:
        path = _part(self.path, len(self._fds) + 1)
        try:
            fd = open_plain(path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_EXCL)
        except (OSError, StorageError):
            return False
        try:
            for record in self._unsafe:
                write_line(fd, encode(record))
            os.fsync(fd)
            sync_folder(path.parent)
        except OSError:
            os.close(fd)
            with suppress(OSError):
                path.unlink()
            return False
        self.follow(fd)
        return True

    def _give_up(self, error: BaseException | None) -> None:
        """Write the replies that are not yet safe into the spill; from now on no more calls are to be made."""
        kept = True
        while self._unsafe:
            record = self._unsafe.popleft()
            self._settled += 1
            if record.status is Status.SENT:
                continue  # what came of that call is told by its own record, or it was never sent
            if self._spilled(record):
                self._safe.append(record)
            else:
                self._unkept.append(encode(record))
                kept = False
        failed = error if isinstance(error, OSError) else OSError()
        self.failure = self._failed(failed)
        if not kept:
            raise self.failure from failed

    def _spilled(self, record: Record) -> bool:
        with suppress(OSError):
            if self.spill:
                self.spill.keep(encode(record))
                return True
        return False

    def _failed(self, error: OSError) -> StorageError:
        failure = storage_error(f"cannot write to {self.path}", error)
        failure.__cause__ = error
        if self.spill and self.spill.lines:
            size, where = self.spill.size, " and ".join(map(str, self.spill.used))
            failure.safe = f"{SAFE}; {plural(self.spill.lines, 'later one')} ({size:,} bytes) in {where}"
            if error.errno in NO_SPACE:
                failure.hint = f"free {size:,} bytes or more there, then run the same command again: it takes them back"
        if self._unkept:
            failure.unkept = self._unkept
            failure.safe += f"; {plural(len(self._unkept), 'reply', 'replies')} could be written nowhere but here"
            failure.hint = f"append what is printed below to {self.path}, then run the same command again"
        return failure


def parts(path: Path) -> list[Path]:
    """Return the parts of a file that were begun after its disk failed, in order, without the file itself."""
    found: list[Path] = []
    while (part := _part(path, len(found) + 2)).exists():
        found.append(part)
    return found


def _part(path: Path, number: int) -> Path:
    return path.with_name(f"{path.name}.{number}")
