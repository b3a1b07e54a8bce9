"""Writing that survives a crash: whole lines, whole files, no link followed, no bare `OSError`."""

from __future__ import annotations

import errno
import os
import resource
import stat
import threading
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from briefer.errors import StorageError

NO_SPACE = (errno.ENOSPC, errno.EDQUOT)
SAFE = "every reply that was recorded before is still there"
_DRAFT = ".tmp"
_OWN_FILES = 24  # besides connections: streams, event loop, locks, journal, drafts, folders


@contextmanager
def storing(what: str) -> Iterator[None]:
    """Turn an `OSError` into a `StorageError` whose cause begins with `what`, such as "cannot write run.json"."""
    try:
        yield
    except OSError as error:
        raise storage_error(what, error) from error


def storage_error(what: str, error: OSError) -> StorageError:
    """Return the `StorageError` of an `OSError`, whose cause begins with `what`."""
    full = error.errno in NO_SPACE
    return StorageError(
        f"{what}: {(error.strerror or str(error)).lower()}",
        hint=f"{'free some disk space' if full else 'make it writable or choose another folder'}, "
        "then run the same command again",
        safe=SAFE,
    )


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


def write_line(fd: int, line: bytes) -> None:
    """Append `line` in one write, without waiting for the disk; a part of a line is taken back."""
    size = os.fstat(fd).st_size
    try:
        if os.write(fd, line) != len(line):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
    except OSError:
        # Half a line left behind would fuse with the next one; if it cannot be cut now, opening cuts it.
        with suppress(OSError):
            os.ftruncate(fd, size)
        raise


def write_atomic(path: Path, data: bytes) -> None:
    """Write a whole file, mode 0600: after a crash it holds the old bytes or the new ones, never a mixture."""
    write_lines(path, [data])


def write_lines(path: Path, lines: Iterable[bytes]) -> None:
    """Write a whole file as `write_atomic` does, of lines that come one after another."""
    draft = path.with_name(f".{path.name}.{os.getpid()}-{threading.get_native_id()}{_DRAFT}")
    with storing(f"cannot write {path}"):
        draft.unlink(missing_ok=True)
        fd = open_plain(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        try:
            try:
                for line in lines:
                    left = memoryview(line)
                    while left:
                        left = left[os.write(fd, left) :]
                os.fsync(fd)
            finally:
                os.close(fd)
            os.replace(draft, path)
        except (OSError, StorageError):  # the lines may come from another file
            with suppress(OSError):
                draft.unlink(missing_ok=True)
            raise
        sync_folder(path.parent)


def ensure_replaceable(path: Path) -> None:
    """Raise `StorageError` now if `write_atomic` could not put a file there later."""
    with storing(f"cannot write {path}"):
        if path.is_symlink() or (path.exists() and not path.is_file()):
            raise StorageError(f"{path} is not a plain file", hint="move it away, then run the same command again")
        if not os.access(path.parent, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def remove_drafts(folder: Path) -> None:
    """Remove what a killed `write_atomic` left in a folder that only this process writes to."""
    with storing(f"cannot write to {folder}"):
        for draft in folder.glob(f".*{_DRAFT}"):
            draft.unlink(missing_ok=True)


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


def connections(wanted: int) -> int:
    """Return how many of so many connections this process may have open, once its limit is as high as it may be."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    needed = wanted + _OWN_FILES
    if soft == resource.RLIM_INFINITY or soft >= needed:
        return wanted
    highest = needed if hard == resource.RLIM_INFINITY else min(needed, hard)
    with suppress(OSError, ValueError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (highest, hard))
        soft = highest
    return max(1, soft - _OWN_FILES)
