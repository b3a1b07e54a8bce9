"""Run folders: `.briefer/runs/<utc>-<id>/`, one for each command, taken again by the same command."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from briefer.calls import canonical_json
from briefer.disk import ensure_replaceable, make_folder, remove_drafts, write_atomic
from briefer.errors import BusyError, InputError
from briefer.holding import hold, way_on
from briefer.journal import Journal
from briefer.locks import Lock, holder, take
from briefer.spill import Spill, ensure_folder

VERSION = 1
RUNS = Path(".briefer", "runs")
# What a run leaves behind at its end: a briefing, or the verdicts of `briefer check --judge`.
BRIEFING, CHECKS = RESULTS = ("briefing.json", "checked.jsonl")
_IDENTITY = ("v", "bundle_sha256", "model", "prompt_ids", "settings")
NAME_FORMAT = "%Y%m%dT%H%M%SZ"
_PATIENCE = 0.7  # seconds that another process may take to open its folder


@dataclass(frozen=True, slots=True)
class Place:
    """Where run folders are: below `root`. `spill` takes the replies that a full disk does not, None for a temporary
    folder; `force_unlock` sets aside a lock whose holder cannot be looked at."""

    root: Path
    spill: Path | None = None
    force_unlock: bool = False


@dataclass(frozen=True, slots=True)
class Files:
    """Where a run's bundle came from, and what is checked against it; None for what is no file.

    Without `accept_changes` an unfinished run of another content of that bundle's file is refused.
    """

    bundle: Path | None = None
    checked: Path | None = None
    accept_changes: bool = False

    def as_json(self, prompts: Path | None) -> dict[str, str | None]:
        """Return them, and the folder of prompts, as whole paths."""
        named = {"bundle": self.bundle, "checked": self.checked, "prompts": prompts}
        return {name: str(path.absolute()) if path else None for name, path in named.items()}


@dataclass(frozen=True, slots=True)
class Run:
    """A run folder that this process holds: nobody else writes there until `close`."""

    path: Path
    journal: Journal
    resumed: bool
    _lock: Lock

    def save_briefing(self, text: str) -> Path:
        """Write `briefing.json`, whole or not at all, and return its path; `StorageError` with replies in the spill."""
        self.journal.ready()
        path = self.path / BRIEFING
        write_atomic(path, text.encode("utf-8", "replace"))
        return path

    def save_checks(self, text: str) -> Path:
        """Write `checked.jsonl` likewise."""
        self.journal.ready()
        path = self.path / CHECKS
        write_atomic(path, text.encode("utf-8", "replace"))
        return path

    def close(self) -> None:
        """Close the journal and let others in; call it once."""
        try:
            self.journal.close()
        finally:
            self._lock.release()


def open_run(
    place: Place,
    bundle_sha256: str,
    model: str,
    prompt_ids: Mapping[str, str],
    settings: Mapping[str, Any],
    origin: Mapping[str, Any] | None = None,
) -> Run:
    """Open the run folder of these inputs, the newest that there is or a new one.

    The id is the start of the manifest's SHA-256, so that another bundle, model, prompt or setting
    never mixes into an old run; `origin` says where they came from and is no part of it. Raises
    `BusyError` if another process holds the folder, `InputError` if its `run.json` is damaged or newer,
    `StorageError` if it cannot be written.
    """
    manifest = {
        "v": VERSION,
        "bundle_sha256": bundle_sha256,
        "model": model,
        "prompt_ids": dict(prompt_ids),
        "settings": dict(settings),
    }
    run_id = hashlib.sha256(canonical_json(manifest)).hexdigest()[:8]
    runs = place.root / RUNS
    make_folder(runs)
    ensure_folder(place.spill)
    # Two processes that start together must not both find no folder and each make one.
    gate = _wait_for(runs / "lock", place.force_unlock)
    try:
        written = {**manifest, "origin": dict(origin or {})}
        folder = _newest(runs, run_id, manifest, written)
        resumed = folder is not None
        folder = folder or _create(runs, run_id, written)
        lock = hold(folder, force=place.force_unlock)
    finally:
        gate.release()
    try:
        remove_drafts(folder)
        ensure_replaceable(folder / BRIEFING)
        return Run(folder, Journal.open(folder / "calls.jsonl", Spill(folder.name, place.spill)), resumed, lock)
    except BaseException:
        lock.release()
        raise


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the replies in a run folder depend on."""

    bundle_sha256: str
    model: str
    prompt_ids: Mapping[str, str]
    settings: Mapping[str, Any]

    def as_json(self) -> dict[str, Any]:
        """Return it as it is written into `run.json`."""
        return {
            "v": VERSION,
            "bundle_sha256": self.bundle_sha256,
            "model": self.model,
            "prompt_ids": dict(self.prompt_ids),
            "settings": dict(self.settings),
        }

    @property
    def id(self) -> str:
        """Its SHA-256."""
        return hashlib.sha256(canonical_json(self.as_json())).hexdigest()


def run_at(folder: Path, manifest: Manifest, story: str, spill: Path | None = None) -> Run:
    """Open the run folder of one of a batch's bundles, called by its manifest's id; raises as `open_run`.

    Whoever holds the batch's folder holds this one too. `story` is written down for whoever looks at it later.
    """
    resumed = (folder / "run.json").exists()
    make_folder(folder)
    if not resumed:
        _write_manifest(folder, manifest.id[:8], {**manifest.as_json(), "origin": {"story": story}})
    return Run(folder, Journal.open(folder / "calls.jsonl", Spill(folder.name, spill)), resumed, Lock())


def _newest(runs: Path, run_id: str, manifest: Mapping[str, Any], written: Mapping[str, Any]) -> Path | None:
    for folder in sorted(runs.glob(f"*-{run_id}"), reverse=True):
        if not (folder / "run.json").exists():  # killed before anything could be paid for
            _write_manifest(folder, run_id, written)
            return folder
        if _manifest_of(folder) == manifest:
            return folder
    return None


def _manifest_of(folder: Path) -> dict[str, Any]:
    run = read_run(folder)
    return {name: run[name] for name in _IDENTITY}


def read_run(folder: Path) -> dict[str, Any]:
    """Return what `run.json` says of a run. Raises `InputError` if it is damaged or of a newer format."""
    path = folder / "run.json"
    hint = "move the run folder away, then run the same command again"
    try:
        run = json.loads(path.read_bytes())
        newer = run["v"] > VERSION
        _ = [run[name] for name in _IDENTITY]
    except (OSError, ValueError, KeyError, TypeError, RecursionError) as error:
        raise InputError(f"{path} is damaged", hint=hint) from error
    if newer:
        raise InputError(
            f"{path} is of format {run['v']}, and this briefer reads up to {VERSION}",
            hint=f"use the newer briefer that wrote it, or {hint}",
        )
    return dict(run)


def _create(runs: Path, run_id: str, written: Mapping[str, Any]) -> Path:
    moment = datetime.now(UTC)
    while any(runs.glob(f"{moment:{NAME_FORMAT}}-*")):  # names are in order, also of runs of one second
        moment += timedelta(seconds=1)
    folder = runs / f"{moment:{NAME_FORMAT}}-{run_id}"
    make_folder(folder)
    _write_manifest(folder, run_id, written)
    return folder


def _write_manifest(folder: Path, run_id: str, manifest: Mapping[str, Any]) -> None:
    run = {**manifest, "id": run_id, "started": _now()}
    write_atomic(folder / "run.json", json.dumps(run, indent=2, sort_keys=True).encode() + b"\n")


def _wait_for(path: Path, force: bool) -> Lock:
    """Take the lock under which a folder is chosen; others hold it for as long as that takes."""
    deadline = time.monotonic() + _PATIENCE
    while time.monotonic() < deadline:
        lock = take(path, force=force)
        if lock:
            return lock
        time.sleep(0.005)
    raise BusyError(f"{path.parent}: {holder(path)} is opening a run", hint=way_on(path), safe="nothing was changed")


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
