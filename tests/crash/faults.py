"""A disk that fails, and a process that dies, at a chosen operation on the files of a run.

`install` puts counting versions of `os.open`, `os.write` and the others in place of the real ones, in a
process that is to be lost. Operations on files outside of `root` are not counted.
"""

from __future__ import annotations

import errno
import fcntl
import os
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Any


class Fault(StrEnum):
    """What happens at an operation; the last four go on from there, or do not."""

    NONE = "none"  # nothing: the operations are counted
    BEFORE = "before"  # kill -9, and the operation is not done
    AFTER = "after"  # kill -9 when it is done
    HALF = "half"  # a write does half of its bytes, then kill -9
    POWER = "power"  # kill -9, and what was not synced is gone
    FULL = "full"  # ENOSPC, at this and every later write
    FULL_HALF = "full half"  # the same, after half of the bytes
    ERROR_WRITE = "error in a write"  # EIO, once
    ERROR_SYNC = "error in an fsync"  # EIO, once
    BROKEN = "broken"  # EIO, at this and every later write and fsync


KILLS = (Fault.BEFORE, Fault.AFTER, Fault.HALF, Fault.POWER)
_WRITES = ("open", "mkdir", "write", "pwrite")


@dataclass
class Shim:
    """The operations under `root`, counted from 1; `fault` strikes at number `at`."""

    root: Path
    fault: Fault
    at: int
    log: int = -1  # a descriptor that gets a line for each operation
    number: int = 0
    files: dict[int, Path] = field(default_factory=dict)
    lock: Any = field(default_factory=threading.RLock)
    # What a power cut leaves: bytes by inode at its last fsync, names by folder at its last fsync.
    contents: dict[int, bytes] = field(default_factory=dict)
    names: dict[Path, dict[str, int]] = field(default_factory=dict)

    def install(self) -> None:
        """Replace the functions of `os` for good."""
        os.open = self._wrapped("open", os.open, lambda path, flags, *_, **__: self._created(path, flags))
        for name in ("write", "pwrite", "fsync", "ftruncate"):
            setattr(os, name, self._wrapped(name, getattr(os, name), lambda fd, *_: self.files.get(fd)))
        for name in ("mkdir", "unlink", "replace", "rename", "link"):
            setattr(os, name, self._wrapped(name, getattr(os, name), lambda path, *_, **__: self._inside(path)))
        self._track()
        self.names[self.root] = _names(self.root)

    def _track(self) -> None:
        opening, closing = os.open, os.close

        def opened(path: Any, flags: int, *args: Any, **options: Any) -> int:
            fd = opening(path, flags, *args, **options)
            inside = self._inside(path)
            if inside:
                self.files[fd] = inside
            return fd

        def closed(fd: int) -> None:
            self.files.pop(fd, None)
            closing(fd)

        os.open, os.close = opened, closed

    def _inside(self, path: Any) -> Path | None:
        if not isinstance(path, str | os.PathLike):
            return None
        absolute = Path(os.path.abspath(os.fspath(path)))
        return absolute if self.root in (absolute, *absolute.parents) else None

    def _created(self, path: Any, flags: int) -> Path | None:
        inside = self._inside(path) if flags & os.O_CREAT else None
        return inside if inside and not inside.exists() else None

    def _wrapped(self, name: str, real: Callable[..., Any], target: Callable[..., Path | None]) -> Callable[..., Any]:
        def call(*args: Any, **options: Any) -> Any:
            path = target(*args, **options)
            if path is None:
                return real(*args, **options)
            with self.lock:
                return self._strike(name, path, lambda *other: real(*(other or args), **options), args)

        return call

    def _strike(self, name: str, path: Path, do: Callable[..., Any], args: tuple[Any, ...]) -> Any:
        self.number += 1
        if self.log >= 0:
            os.writev(self.log, [f"{self.number} {name} {path.name}\n".encode()])
        now, later = self.number == self.at, self.number >= self.at
        writing = name in ("write", "pwrite")
        if now and self.fault in (Fault.BEFORE, Fault.POWER):
            self._die()
        if now and self.fault is Fault.HALF and writing:
            do(args[0], bytes(args[1])[: len(args[1]) // 2], *args[2:])
            self._die()
        self._fail(name, now=now, later=later, half=lambda: do(args[0], bytes(args[1])[: len(args[1]) // 2], *args[2:]))
        result = do()
        self._remember(name, path, args, result)
        if now and self.fault is Fault.AFTER:
            self._die()
        return result

    def _fail(self, name: str, *, now: bool, later: bool, half: Callable[[], Any]) -> None:
        full = self.fault in (Fault.FULL, Fault.FULL_HALF) and later and name in _WRITES
        if full and now and self.fault is Fault.FULL_HALF and name == "write":
            half()
        broken = self.fault is Fault.BROKEN and later and name in (*_WRITES, "fsync")
        broken |= now and self.fault is Fault.ERROR_WRITE and name in _WRITES
        broken |= now and self.fault is Fault.ERROR_SYNC and name == "fsync"
        if full or broken:
            if self.log >= 0:
                os.writev(self.log, [b"struck\n"])
            number = errno.ENOSPC if full else errno.EIO
            raise OSError(number, os.strerror(number))

    def _die(self) -> None:
        if self.fault is Fault.POWER:
            self._cut()
        os.kill(os.getpid(), signal.SIGKILL)
        threading.Event().wait()

    def _remember(self, name: str, path: Path, args: tuple[Any, ...], result: Any) -> None:
        """Note what the disk would still have after a power cut."""
        if self.fault is not Fault.POWER:
            return
        if name == "open":
            self.contents[os.fstat(result).st_ino] = b""
        elif name == "mkdir":
            self.names.setdefault(path, {})
        elif name == "fsync" and path.is_dir():
            self.names[path] = _names(path)
        elif name == "fsync":
            self.contents[os.fstat(args[0]).st_ino] = path.read_bytes()

    def _cut(self) -> None:
        """Put the folder back to what was synced; bytes and names that came later are gone."""
        self.fault = Fault.NONE
        for folder, names in self.names.items():
            if not folder.is_dir():
                continue
            for entry in folder.iterdir():
                if entry.name not in names:
                    _remove(entry)
            for name, inode in names.items():
                if inode in self.contents:
                    (folder / name).write_bytes(self.contents[inode])


def _names(folder: Path) -> dict[str, int]:
    return {entry.name: entry.stat().st_ino for entry in folder.iterdir()}


def _remove(path: Path) -> None:
    if path.is_dir():
        for entry in path.iterdir():
            _remove(entry)
        path.rmdir()
    else:
        path.unlink()


def without_locks() -> None:
    """Make this process one on a file system that knows no locks."""

    def refused(*_: object) -> None:
        raise OSError(errno.ENOLCK, os.strerror(errno.ENOLCK))

    fcntl.flock = refused
