"""The ledger of a batch: what it is made of and what became of each bundle, in one SQLite file.

In a file so that neither a million bundles nor their results are held in memory. It is bookkeeping, not the record:
what was paid for is in the journals and what came of it in the briefings, so a damaged ledger is set aside and
made again without a call.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from briefer.batch.inputs import Source
from briefer.batch.rows import PASSING, Row
from briefer.errors import StorageError
from briefer.models.till import Amount

_TABLES = """
CREATE TABLE IF NOT EXISTS plan (
    place INTEGER PRIMARY KEY, name TEXT, folded TEXT UNIQUE, content TEXT UNIQUE, sha256 TEXT, key TEXT, run TEXT,
    path TEXT, shown TEXT, line INTEGER, offset INTEGER, size INTEGER,
    here INTEGER NOT NULL, todo INTEGER NOT NULL, row TEXT
);
CREATE INDEX IF NOT EXISTS todo ON plan (place) WHERE todo;
CREATE TABLE IF NOT EXISTS done (
    name TEXT PRIMARY KEY, key TEXT NOT NULL DEFAULT '', repeat INTEGER NOT NULL DEFAULT 0,
    status TEXT, code INTEGER, tokens INTEGER, cost REAL, row TEXT
);
DELETE FROM plan;
"""
_PAGE = 100
_COMMITTED = 1000


@dataclass(frozen=True, slots=True)
class Item:
    """A bundle of the plan: `key` stands for its content and all that is asked of it, `run` is its run folder.

    `repeat` counts how often it was done again by force.
    """

    place: int
    name: str
    sha256: str
    key: str
    run: Path
    source: Source
    repeat: int = 0


@dataclass(frozen=True, slots=True)
class Past:
    """A bundle that need not be done again, and what a budget counts for it: None where that was not counted."""

    item: Item
    tokens: int | None
    cost: float | None


class Ledger:
    """The plan of this run, and the last row of every bundle that any run in this folder was done with."""

    def __init__(self, path: Path) -> None:
        """Open or create it, with an empty plan; the caller holds the folder. Raises StorageError."""
        try:
            self._db = _opened(path)
        except sqlite3.DatabaseError as error:
            if isinstance(error, sqlite3.OperationalError):
                raise _storage(path, error) from error
            for each in path.parent.glob(f"{path.name}*"):
                each.rename(each.with_name(f"damaged-{each.name}"))
            self._db = _opened(path)
        self._path = path
        self._unsaved = 0

    def close(self) -> None:
        """Save and close."""
        with self._writing():
            self._db.commit()
        self._db.close()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            raise _storage(self._path, error) from error

    def add(self, item: Item, content: str, *, here: bool, todo: bool) -> None:
        """Add a bundle to the plan; `here` unless it belongs to another shard."""
        self._plan(item.source, item, content, (here, todo, None))

    def settle(self, source: Source, row: Row) -> None:
        """Add what needs no work to the plan, with what became of it: no bundle, or a duplicate."""
        self._plan(source, None, None, (True, False, row.as_json()))

    def reject(self, item: Item, row: Row) -> None:
        """Take a bundle's work out of the plan; its name stays taken, and this row says why."""
        with self._writing():
            self._db.execute(
                "UPDATE plan SET todo = 0, row = coalesce(row, ?) WHERE place = ?", (row.as_json(), item.place)
            )

    def _plan(
        self, source: Source, item: Item | None, content: str | None, last: tuple[bool, bool, str | None]
    ) -> None:
        named = (
            (item.name, item.name.casefold(), content, item.sha256, item.key, str(item.run)) if item else (None,) * 6
        )
        where = (str(source.path), source.shown, source.line, source.offset, source.size)
        with self._writing():
            self._db.execute(f"INSERT INTO plan VALUES (NULL{', ?' * 14})", (*named, *where, *last))
            self._unsaved += 1
            if self._unsaved >= _COMMITTED:
                self.save()

    def save(self) -> None:
        """Make what was written so far survive a kill."""
        with self._writing():
            self._db.commit()
        self._unsaved = 0

    def same(self, content: str) -> Item | None:
        """Return the bundle of the plan with the same content."""
        return next(self._items("content = ?", content), None)

    def called(self, name: str) -> Item | None:
        """Return the bundle of the plan with this name, in capitals or not."""
        return next(self._items("folded = ?", name.casefold()), None)

    def past(self, name: str, key: str) -> Row | None:
        """Return the row that an earlier run left of a bundle that has not changed, asked for in the same way."""
        found = self._db.execute("SELECT row FROM done WHERE name = ? AND key = ?", (name, key)).fetchone()
        return Row.from_json(found[0]) if found and found[0] else None

    def force(self) -> None:
        """Have everything in the plan of this shard done again from nothing, now or by a later run."""
        with self._writing():
            self._db.execute("UPDATE plan SET todo = 1 WHERE here AND row IS NULL")
            self._db.execute(
                "INSERT INTO done (name, repeat) SELECT name, 1 FROM plan WHERE todo "
                "ON CONFLICT (name) DO UPDATE SET repeat = repeat + 1, key = '', row = NULL"
            )
        self.save()

    def todo(self) -> Iterator[Item]:
        """Yield what is to be done, in order; what is settled meanwhile makes no difference."""
        return self._paged("todo")

    def over(self) -> Iterator[Past]:
        """Yield what needs nothing more, and was done with in an earlier run."""
        for item in self._paged("here AND NOT todo AND plan.row IS NULL"):
            found = self._db.execute("SELECT tokens, cost FROM done WHERE name = ?", (item.name,)).fetchone()
            yield Past(item, *found)

    def _paged(self, which: str) -> Iterator[Item]:
        last = 0
        while page := list(self._items(f"place > ? AND {which}", last, _PAGE)):
            yield from page
            last = page[-1].place

    def finish(self, item: Item, row: Row, taken: Amount | None) -> None:
        """Keep the row of a bundle; `taken` is what a budget counts for it."""
        amount = (taken.tokens, taken.cost) if taken else (None, None)
        with self._writing():
            self._db.execute(
                "INSERT INTO done VALUES (?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (name) DO UPDATE SET key = excluded.key, "
                "status = excluded.status, code = excluded.code, tokens = excluded.tokens, cost = excluded.cost, "
                "row = excluded.row",
                (item.name, item.key, item.repeat, row.status, row.code, *amount, row.as_json()),
            )
            self._db.execute("UPDATE plan SET todo = 0 WHERE place = ?", (item.place,))
        self.save()

    def count(self) -> tuple[int, int, int]:
        """Return how many bundles are to be done, how many are done already, and for how many nothing will be done."""
        found = self._db.execute("SELECT count(*), coalesce(sum(todo), 0), count(row) FROM plan WHERE here").fetchone()
        every, todo, unusable = map(int, found)
        return todo, every - todo - unusable, unusable

    def rows(self) -> Iterator[Row]:
        """Yield the row of every bundle that this run is about, in order: each of them once."""
        every = self._db.execute(
            "SELECT CASE WHEN todo THEN NULL ELSE coalesce(plan.row, done.row) END, plan.name, sha256, shown, line "
            "FROM plan LEFT JOIN done USING (name) WHERE here ORDER BY place"
        )
        for held, name, sha256, shown, line in every:
            row = Row.from_json(held) if held else Row(name, shown, line, sha256=sha256)
            yield replace(row, source=shown, line=line)

    def unusable(self) -> Iterator[Row]:
        """Yield the rows of what no work will be done for: no bundle, or a duplicate."""
        for (row,) in self._db.execute("SELECT row FROM plan WHERE here AND row NOT NULL ORDER BY place"):
            yield Row.from_json(row)

    def _items(self, where: str, value: object, most: int = 1) -> Iterator[Item]:
        found = self._db.execute(
            "SELECT place, plan.name, sha256, plan.key, run, path, shown, line, offset, size, coalesce(done.repeat, 0) "
            f"FROM plan LEFT JOIN done USING (name) WHERE {where} ORDER BY place LIMIT ?",
            (value, most),
        ).fetchall()
        for place, name, sha256, key, run, path, *rest in found:
            yield Item(place, name, sha256, key, Path(run), Source(Path(path), *rest[:4]), rest[4])


def is_over(row: Row, retry_failed: bool) -> bool:
    """Whether a bundle that has not changed needs nothing more."""
    if row.status == "complete":
        return True
    return not retry_failed and row.code not in PASSING


def _opened(path: Path) -> sqlite3.Connection:
    # The folder is held by its own lock, so that SQLite's, which network file systems may lack, are not relied on.
    db = sqlite3.connect(path, isolation_level="DEFERRED")
    try:
        db.execute("PRAGMA locking_mode = EXCLUSIVE")
        db.execute("PRAGMA journal_mode = WAL")
        db.execute("PRAGMA synchronous = NORMAL")
        db.executescript(_TABLES)
        db.commit()
    except BaseException:
        db.close()
        raise
    return db


def _storage(path: Path, error: sqlite3.Error) -> StorageError:
    return StorageError(
        f"cannot write {path}: {error}",
        hint="free some disk space or make it writable, then run the same command again",
        safe="every reply that was recorded before is still there",
    )
