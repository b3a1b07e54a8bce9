"""Writing that survives a crash: whole lines, whole files, no link followed, no bare `OSError`."""

from __future__ import annotations

import errno
import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from briefer.errors import StorageError

_NO_SPACE = (errno.ENOSPC, errno.EDQUOT)
_NO_LOCKS = (errno.ENOLCK, errno.ENOTSUP, errno.EINVAL, errno.ENOSYS)


@contextmanager
def storing(what: str) -> Iterator[None]:
    """Turn an `OSError` into a `StorageError` whose cause begins with `what`, such as "cannot write run.json"."""
    try:
        yield
    except OSError as error:
        full = error.errno in _NO_SPACE
        raise StorageError(
            f"{what}: {(error.strerror or str(error)).lower()}",
            hint=f"{'free some disk space' if full else 'make it writable or choose another folder'}, "
            "then run the same command again",
            safe="every reply that was recorded before is still there",
        ) from error


def open_plain(path: Path, flags: int) -> int:
    """Open a regular file, mode 0600 if it is created, and return its descriptor.

    Links, FIFOs and devices raise `StorageError`: what is written there would be lost, or land elsewhere.
    """
    # O_NONBLOCK: a FIFO without a reader must not hold the program up; it means nothing for a regular file.
    fd = os.open(path, flags | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK, 0o600)
    if not stat.S_ISREG(os.fstat(fd).st_mode):
        os.close(fd)
        raise StorageError(f"{path} is not a plain file", hint="choose another path; links and devices are refused")
    return fd


def append_line(fd: int, line: bytes) -> None:
    """Append `line` in one write and wait until the disk has it; a part of a line is taken back."""
    size = os.fstat(fd).st_size
    try:
        written = os.write(fd, line)
        if written != len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    except OSError:
        # Half a line left behind would fuse with the next one.
        os.ftruncate(fd, size)
        raise
    os.fsync(fd)


def write_atomic(path: Path, data: bytes) -> None:
    """Write a whole file, mode 0600: after a crash it holds the old bytes or the new ones, never a mixture."""
    draft = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with storing(f"cannot write {path}"):
        draft.unlink(missing_ok=True)
        fd = open_plain(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        try:
            with open(fd, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            os.replace(draft, path)
        except OSError:
            draft.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def make_folder(path: Path) -> None:
    """Create a folder and those above it, mode 0700, and wait until the disk has the new names."""
    missing = [path, *path.parents]
    with storing(f"cannot create the folder {path}"):
        for folder in reversed([each for each in missing if not each.is_dir()]):
            folder.mkdir(mode=0o700, exist_ok=True)
            sync_folder(folder.parent)


def sync_folder(path: Path) -> None:
    """Wait until the disk has the folder's names; a new file is only safe once its name is."""
    fd = os.open(path, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def try_lock(fd: int) -> bool:
    """Take the exclusive lock of an open file; False if another process holds it.

    The lock ends with its process, so nothing is left to clear away. Where the file system has no
    locks, True.
    """
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    except OSError as error:
        if error.errno not in _NO_LOCKS:
            raise
    return True
