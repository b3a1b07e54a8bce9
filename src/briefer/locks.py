"""Locks between processes: one holder for each path, named to the others, and gone with its process.

The kernel's lock is taken where the file system has one. Where it has none (some network mounts),
the holder's name stands in a file that only one can create; it is void once that process is gone.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import socket
import subprocess
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from briefer.disk import open_plain, storing
from briefer.text import one_line

_NO_LOCKS = (errno.ENOLCK, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EINVAL, errno.ENOSYS)


@dataclass(frozen=True, slots=True)
class Lock:
    """A lock that this process holds until `release`: a locked descriptor, or a file of its own."""

    fd: int = -1
    file: Path | None = None

    def release(self) -> None:
        """Give the lock back; call it once."""
        if self.fd >= 0:
            os.close(self.fd)
        if self.file:
            with suppress(OSError):
                self.file.unlink()


def take(path: Path, *, force: bool = False) -> Lock | None:
    """Take the lock of `path` and write down who holds it; None if another process has it.

    `force` sets aside a holder that cannot be looked at, such as one on another machine, never one that is seen to
    run. Raises `StorageError`.
    """
    with storing(f"cannot lock {path}"):
        fd = open_plain(path, os.O_RDWR | os.O_CREAT)
        try:
            locked = lock_file(fd)
            if locked:
                os.ftruncate(fd, 0)
                os.pwrite(fd, _this_process(), 0)
        except BaseException:
            os.close(fd)
            raise
        if locked:
            return Lock(fd)
        os.close(fd)
        return None if locked is False else _by_name(path, force)


def lock_file(fd: int) -> bool | None:
    """Take the kernel's lock of an open file; False if another process holds it, None where there are no locks."""
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
        return None
    return True


def holder(path: Path) -> str:
    """Return who holds the lock of `path`, in words."""
    for file in (_held(path), path):
        try:
            who = json.loads(file.read_bytes())
            return f"process {int(who['pid'])} on {one_line(who['host'])} since {one_line(who['since'])}"
        except (OSError, ValueError, KeyError, TypeError):
            continue
    return "another process"


def is_held(path: Path) -> bool:
    """Whether another process has the lock of `path`, as far as it can be told without getting in its way."""
    named = is_named(path)
    try:
        runs = _still_runs(json.loads((_held(path) if named else path).read_bytes()))
        if named:
            return runs is not False
        if runs:  # and may have given it back since, to go on with something else
            with path.open("rb") as file:
                fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    except (OSError, ValueError, KeyError, TypeError):
        pass
    return False


def is_named(path: Path) -> bool:
    """Whether the lock of `path` is a file with a name in it, which may outlive its process."""
    return _held(path).exists()


def _held(path: Path) -> Path:
    return path.with_name(f"{path.name}.held")


def _by_name(path: Path, force: bool) -> Lock | None:
    """Take the lock by creating a file; one whose process is gone is cleared away, by one process at a time."""
    held, clearing = _held(path), path.with_name(f"{path.name}.clearing")
    if force:
        clearing.unlink(missing_ok=True)
    if _create(held):
        return Lock(file=held)
    if not _is_void(held, force) or not _create(clearing):
        return None
    try:
        if _is_void(held, force):  # as before, and no other process can change it now
            held.unlink(missing_ok=True)
        return Lock(file=held) if _create(held) else None
    finally:
        clearing.unlink(missing_ok=True)


def _create(path: Path) -> bool:
    try:
        fd = open_plain(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
    except FileExistsError:
        return False
    try:
        os.write(fd, _this_process())
    finally:
        os.close(fd)
    return True


def _is_void(held: Path, force: bool) -> bool:
    try:
        who = json.loads(held.read_bytes())
        runs = _still_runs(who)
    except FileNotFoundError:
        return True
    except (ValueError, KeyError, TypeError):
        runs = None
    return force if runs is None else not runs


def _still_runs(who: Mapping[str, Any]) -> bool | None:
    """Whether a holder's process runs; None if it cannot be seen from here."""
    if who["host"] != socket.gethostname():
        return None
    if who["boot"] != _boot():
        return False  # the machine was started again since
    if who["space"] != _space():
        return None  # another container of this machine
    started = _started(int(who["pid"]))
    # A number is given again to a later process, which started at another time.
    return started is not None and started == who["started"]


def _this_process() -> bytes:
    pid = os.getpid()
    who = {
        "pid": pid,
        "host": socket.gethostname(),
        "since": datetime.now(UTC).isoformat(timespec="seconds"),
        "boot": _boot(),
        "space": _space(),
        "started": _started(pid),
    }
    return json.dumps(who).encode()


def _boot() -> str | None:
    """Return an id of this machine's start; None where the system has none."""
    with suppress(OSError):
        return Path("/proc/sys/kernel/random/boot_id").read_text().strip()
    return None


def _space() -> str | None:
    """Return an id of the set of processes that this one can see; None where the system has none."""
    with suppress(OSError):
        return os.readlink("/proc/self/ns/pid")
    return None


def _started(pid: int) -> str | None:
    """Return when a process started, in whatever form the system has; None if there is no such process."""
    with suppress(OSError):
        if not Path("/proc/self/stat").exists():
            shown = subprocess.run(["ps", "-o", "lstart=", "-p", str(pid)], capture_output=True, text=True, check=False)
            return shown.stdout.strip() or None
        # The name before the last bracket may hold anything; the start is field 22 (proc(5)).
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    return None
