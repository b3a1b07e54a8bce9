"""Past runs: what their folders tell of them, and what their calls took."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from briefer.calls import Spent
from briefer.errors import InputError, StorageError
from briefer.journal import Journal, Record, Status
from briefer.locks import is_held
from briefer.models.chat import spent_on
from briefer.models.prices import cost
from briefer.runs import NAME_FORMAT, RESULTS, RUNS, read_run
from briefer.suggest import did_you_mean
from briefer.text import one_line


@dataclass(frozen=True, slots=True)
class Took:
    """What attempts took, as far as it was counted; `uncounted` of them have tokens that nobody counted.

    `cached_tokens` is None where no server told it, `cost`, in US dollars, where the price of one is not known.
    """

    calls: int = 0
    input_tokens: int = 0
    cached_tokens: int | None = None
    output_tokens: int = 0
    uncounted: int = 0
    maybe_billed: int = 0
    cost: float | None = 0.0

    def __add__(self, other: Took) -> Took:
        cached = [count for count in (self.cached_tokens, other.cached_tokens) if count is not None]
        return Took(
            self.calls + other.calls,
            self.input_tokens + other.input_tokens,
            sum(cached) if cached else None,
            self.output_tokens + other.output_tokens,
            self.uncounted + other.uncounted,
            self.maybe_billed + other.maybe_billed,
            None if self.cost is None or other.cost is None else self.cost + other.cost,
        )


def took(record: Record, base_url: str) -> Took:
    """Return what one attempt took: an error nothing; what one took that was broken off, nobody knows."""
    if record.status is Status.HTTP:
        return Took(1)
    priced = cost(record.model, Spent(1, 1, 0, 1), base_url or None) is not None
    spent = spent_on([record])
    told, answered = spent.input_tokens, spent.output_tokens
    lost = record.status is Status.UNKNOWN
    if lost or told is None or answered is None:
        nothing = 0.0 if priced else None
        return Took(1, told or 0, None, answered or 0, uncounted=1, maybe_billed=int(lost), cost=nothing)
    return Took(1, told, spent.cached_tokens, answered, cost=cost(record.model, spent, base_url or None))


@dataclass(frozen=True, slots=True)
class Past:
    """A run folder as it is found.

    `status` is `finished`, `unfinished`, `in use`, `empty` (killed before its first write) or `damaged`; of the last
    two, `reason` says why. `manifest` is what `run.json` says.
    """

    path: Path
    status: str
    journal: Journal
    manifest: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""

    @property
    def id(self) -> str:
        """The end of the folder's name, which is the same for the same inputs."""
        return one_line(self.path.name.rpartition("-")[2])

    @property
    def origin(self) -> Mapping[str, Any]:
        """What the run was made from: `bundle` and `prompts`, paths or None, and `story`; empty in older folders."""
        return _object(self.manifest.get("origin"))

    @property
    def settings(self) -> Mapping[str, Any]:
        """The settings that are part of the run's identity."""
        return _object(self.manifest.get("settings"))

    @property
    def started(self) -> str:
        """When it was begun, in ISO 8601, UTC; by the folder's name where nothing else says so."""
        return self._text(self.manifest.get("started")) or _started(self.path.name)

    @property
    def model(self) -> str:
        """The model that drafted."""
        return self._text(self.manifest.get("model"))

    @property
    def story(self) -> str:
        """The story's name."""
        return self._text(self.origin.get("story"))

    @property
    def base_url(self) -> str:
        """Where the model was."""
        return self._text(self.settings.get("base_url"))

    @property
    def records(self) -> Sequence[Record]:
        """Every attempt at a call, in the order in which they ended, and last those that a kill broke off."""
        broken_off = [replace(record, status=Status.UNKNOWN) for record in self.journal.unanswered]
        return self.journal.records if self.status == "in use" else [*self.journal.records, *broken_off]

    @property
    def took(self) -> Took:
        """What all attempts took."""
        return sum((took(record, self.base_url) for record in self.records), Took())

    @property
    def seconds(self) -> float:
        """For how long a call was under way; calls side by side count once."""
        return _union((ended - record.seconds, ended) for record in self.records if (ended := _when(record.at)))

    @staticmethod
    def _text(value: object) -> str:
        return one_line(value) if isinstance(value, str) else ""


def _started(name: str) -> str:
    with suppress(ValueError):
        return datetime.strptime(name.partition("-")[0], NAME_FORMAT).replace(tzinfo=UTC).isoformat()
    return ""


def _object(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _union(spans: Iterable[tuple[float, float]]) -> float:
    total, until = 0.0, float("-inf")
    for begin, end in sorted(spans):
        total += max(0.0, end - max(begin, until))
        until = max(until, end)
    return total


def _when(at: object) -> float:
    try:
        return datetime.fromisoformat(str(at)).timestamp()
    except (ValueError, OverflowError):
        return 0.0


def past_runs(root: Path) -> list[Past]:
    """Return the runs below `root`, newest first, damaged ones among them."""
    return [_past(folder) for folder in sorted(_folders(root), key=lambda folder: folder.name, reverse=True)]


def find_run(root: Path, name: str) -> Past:
    """Return the run of a folder's path, of an id or a name or how one begins, or the newest for "last".

    Raises InputError where there is none, or several, or where the folder says nothing.
    """
    if name and (Path(name) / "run.json").exists():
        return _readable(_past(Path(name)))
    if name == "last":
        runs = past_runs(root)
        newest = next((run for run in runs if not run.reason), None)
        if newest is None:
            raise InputError(f"there are no runs below {root / RUNS}", hint="--runs DIR looks elsewhere")
        return newest
    return _readable(_past(_called(sorted(_folders(root)), name)))


def _readable(run: Past) -> Past:
    if run.reason:
        raise InputError(run.reason, hint="move the folder away; briefer runs lists the others")
    return run


def _called(folders: Sequence[Path], name: str) -> Path:
    found = [f for f in folders if name and (f.name.startswith(name) or f.name.rpartition("-")[2].startswith(name))]
    if len(found) == 1:
        return found[0]
    shown = one_line(name)[:80]
    if found:
        listed = ", ".join(one_line(folder.name) for folder in found[:5])
        raise InputError(f"{len(found)} runs are called {shown!r}: {listed}", hint="name one in full")
    names = [part for folder in folders for part in (folder.name.rpartition("-")[2], folder.name)]
    raise InputError(f"there is no run {shown!r}{did_you_mean(name, names)}", hint="briefer runs lists them")


def _folders(root: Path) -> list[Path]:
    runs = root / RUNS
    try:
        return [folder for folder in runs.iterdir() if folder.is_dir()]
    except (FileNotFoundError, NotADirectoryError):
        return []
    except OSError as error:
        raise StorageError(f"cannot read {runs}: {(error.strerror or str(error)).lower()}") from error


def _past(folder: Path) -> Past:
    calls = folder / "calls.jsonl"
    try:
        journal = Journal.read(calls) if calls.exists() else Journal(calls)
        if not (folder / "run.json").exists() and not (journal.records or journal.unanswered):
            return Past(folder, "empty", journal, reason=f"{folder} holds no run: it was stopped before its first call")
        return Past(folder, _status(folder, journal), journal, read_run(folder))
    except (InputError, OSError) as error:
        reason = error.cause if isinstance(error, InputError) else f"{folder} cannot be read"
        return Past(folder, "damaged", Journal(calls), reason=reason)


def _status(folder: Path, journal: Journal) -> str:
    if is_held(folder / "lock"):
        return "in use"
    results = [path.stat().st_mtime for name in RESULTS if (path := folder / name).exists()]
    # A run that was taken up again, by a judge for instance, is no longer what its result was made of.
    last = max((_when(record.at) for record in journal.records), default=0.0)
    return "finished" if max(results, default=-1.0) >= last else "unfinished"
