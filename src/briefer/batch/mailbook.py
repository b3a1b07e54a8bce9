"""What was sent to a provider's batch and what came back: one row for each request, one for each file."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from briefer.errors import StorageError

_TABLES = """
CREATE TABLE IF NOT EXISTS calls (
    id TEXT PRIMARY KEY, run TEXT, key TEXT, repeat INTEGER, section TEXT, outlet TEXT, round TEXT, model TEXT,
    path TEXT, sent INTEGER, answered INTEGER DEFAULT 0
);
CREATE TABLE IF NOT EXISTS files (
    path TEXT PRIMARY KEY, model TEXT, requests INTEGER, sha256 TEXT, batch TEXT, status TEXT, fetched INTEGER DEFAULT 0
);
CREATE TEMP TABLE results (id TEXT, path TEXT, place INTEGER);
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """A request as it was sent: `id` is its custom id, `run` its run folder below the batch's."""

    id: str
    run: str
    key: str
    repeat: int
    section: str
    outlet: str | None
    round: str
    model: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A file of requests; `batch` is the provider's id once it was submitted, `status` its word, `fetched` 0 or 1."""

    path: str
    model: str
    requests: int
    sha256: str
    batch: str | None = None
    status: str | None = None
    fetched: int = 0


class Mailbook:
    """The book of one batch folder; whoever holds that folder holds the book."""

    def __init__(self, path: Path) -> None:
        """Open or make the book at `path`; StorageError if that cannot be."""
        self._path = path
        with self._writing():
            self._db = sqlite3.connect(path)
            self._db.executescript(_TABLES)

    def close(self) -> None:
        """Close the book."""
        self._db.close()

    def is_out(self, id_: str) -> bool:
        """Whether a request was sent and its answer has not come yet."""
        row = self._db.execute("SELECT sent > answered FROM calls WHERE id = ?", (id_,)).fetchone()
        return bool(row and row[0])

    def out(self) -> int:
        """Return how many answers are waited for."""
        return int(self._db.execute("SELECT count(*) FROM calls WHERE sent > answered").fetchone()[0])

    def sent(self, sheet: Sheet, entries: Iterable[Entry]) -> None:
        """Note a file that was written, and its requests."""
        with self._writing(), self._db:
            self._db.executemany(
                "INSERT INTO calls VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, 0) "
                "ON CONFLICT (id) DO UPDATE SET sent = sent + 1, path = excluded.path",
                ((e.id, e.run, e.key, e.repeat, e.section, e.outlet, e.round, e.model, sheet.path) for e in entries),
            )
            self._db.execute(
                "INSERT OR REPLACE INTO files (path, model, requests, sha256) VALUES (?, ?, ?, ?)",
                (sheet.path, sheet.model, sheet.requests, sheet.sha256),
            )

    def sheets(self) -> list[Sheet]:
        """Return all files of requests in the order in which they were written."""
        rows = self._db.execute(
            "SELECT path, model, requests, sha256, batch, status, fetched FROM files ORDER BY rowid"
        )
        return [Sheet(*row) for row in rows]

    def note(self, path: str, *, batch: str, status: str, fetched: bool = False) -> None:
        """Note what became of a file at the provider."""
        with self._writing(), self._db:
            self._db.execute(
                "UPDATE files SET batch = ?, status = ?, fetched = ? WHERE path = ?", (batch, status, fetched, path)
            )

    def expire(self, path: str) -> None:
        """Note the requests of a file as answered: its batch is over, and what has no result yet will get none."""
        with self._writing(), self._db:
            self._db.execute("UPDATE calls SET answered = sent WHERE path = ?", (path,))

    def arrived(self, found: Iterable[tuple[str, str, int]]) -> None:
        """Note where each result stands: custom id, file, place in bytes."""
        with self._writing(), self._db:
            self._db.execute("DELETE FROM results")
            self._db.executemany("INSERT INTO results VALUES (?, ?, ?)", found)

    def known(self) -> int:
        """Return how many results are of requests whose answer had come before."""
        asked = "SELECT count(*) FROM results r JOIN calls c ON c.id = r.id WHERE sent <= answered"
        return int(self._db.execute(asked).fetchone()[0])

    def strangers(self) -> int:
        """Return how many results are of requests that this batch did not send."""
        asked = "SELECT count(*) FROM results WHERE id NOT IN (SELECT id FROM calls)"
        return int(self._db.execute(asked).fetchone()[0])

    def by_run(self) -> Iterator[tuple[Entry, str, int]]:
        """Yield the requests whose awaited answer has arrived, run folder by run folder, and where it stands."""
        rows = self._db.execute(
            "SELECT c.id, run, key, repeat, section, outlet, round, model, r.path, place FROM results r "
            "JOIN calls c ON c.id = r.id WHERE sent > answered GROUP BY c.id ORDER BY run, c.id"
        )
        for row in rows.fetchall():
            yield Entry(*row[:8]), row[8], row[9]

    def answered(self, ids: Iterable[str]) -> None:
        """Note requests as answered, each as often as it was sent."""
        with self._writing(), self._db:
            self._db.executemany("UPDATE calls SET answered = sent WHERE id = ?", ((id_,) for id_ in ids))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise StorageError(
                f"cannot write {self._path}: {error}",
                hint="free some disk space or make it writable, then run the same command again",
                safe="every reply that was recorded before is still there",
            ) from error
