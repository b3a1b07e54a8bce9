"""The spill: where paid replies go that the run folder cannot take, until it can again."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Sequence
from pathlib import Path

from briefer.disk import open_plain, storing, sync_folder, write_line
from briefer.errors import StorageError


class Spill:
    """A private file outside of the run folder; `lines` and `size` (bytes) count what this process put there.

    `used` are the files that took it: one, unless that one stopped taking more.
    """

    def __init__(self, name: str, folder: Path | None = None) -> None:
        """`folder` is where it is to be; without it the first temporary folder that takes it."""
        # In memory last: better than nowhere, though it does not outlive the machine's next start.
        temporary = (os.environ.get("TMPDIR", ""), "/tmp", "/var/tmp", "/dev/shm")
        folders = [folder] if folder else [Path(each) for each in dict.fromkeys(temporary) if each]
        self._places = [each / f"briefer-spill-{name}.jsonl" for each in folders]
        self._at = 0
        self._fd = -1
        self.used: list[Path] = []
        self.lines = 0
        self.size = 0

    def keep(self, line: bytes) -> None:
        """Write a line and wait until the disk has it; `OSError` if no place takes it."""
        failure = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        for path in self._places[self._at :]:
            try:
                self._write(path, line)
            except (OSError, StorageError) as error:
                failure = error if isinstance(error, OSError) else failure
                self.close()
                self._at += 1
                continue
            self.used += [path] if path not in self.used else []
            self.lines += 1
            self.size += len(line)
            return
        raise failure

    def held(self) -> Sequence[Path]:
        """Return the files that earlier runs left; what belongs to another user is not looked at."""
        return [path for path in self._places if _is_ours(path)]

    def close(self) -> None:
        """Close the file; it stays."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def _write(self, path: Path, line: bytes) -> None:
        if self._fd < 0:
            self._fd = _opened(path)
        write_line(self._fd, line)
        os.fsync(self._fd)


def _opened(path: Path) -> int:
    fd = open_plain(path, os.O_RDWR | os.O_CREAT | os.O_APPEND)
    try:
        if not _is_safe(os.fstat(fd)):
            raise OSError(errno.EACCES, os.strerror(errno.EACCES))
        sync_folder(path.parent)
        size = os.fstat(fd).st_size
        if size and os.pread(fd, 1, size - 1) != b"\n":  # torn by a kill: it must not fuse with what follows
            write_line(fd, b"\n")
    except BaseException:
        os.close(fd)
        raise
    return fd


def ensure_folder(folder: Path | None) -> None:
    """Raise `StorageError` now, before anything is paid for, if a chosen spill folder takes no file."""
    if folder is None:
        return
    with storing(f"cannot use {folder} for spilled replies"):
        if not stat.S_ISDIR(os.stat(folder).st_mode):
            raise NotADirectoryError(errno.ENOTDIR, os.strerror(errno.ENOTDIR))
        if not os.access(folder, os.W_OK | os.X_OK):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES))


def _is_ours(path: Path) -> bool:
    try:
        return _is_safe(os.lstat(path))
    except OSError:
        return False


def _is_safe(found: os.stat_result) -> bool:
    # A temporary folder is everybody's: another user's file there, or a link, could hold made-up replies.
    plain = stat.S_ISREG(found.st_mode) and found.st_nlink == 1
    return plain and found.st_uid == os.geteuid() and not found.st_mode & 0o022
