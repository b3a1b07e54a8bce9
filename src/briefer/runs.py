"""Run folders: `.briefer/runs/<utc>-<id>/`, one for each command, taken again by the same command."""

from __future__ import annotations

import hashlib
import json
import os
import socket
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from briefer.calls import canonical_json
from briefer.disk import make_folder, open_plain, storing, try_lock, write_atomic
from briefer.errors import BusyError, InputError
from briefer.journal import Journal
from briefer.text import one_line

VERSION = 1
_NAME_FORMAT = "%Y%m%dT%H%M%SZ"


@dataclass(frozen=True, slots=True)
class Run:
    """A run folder that this process holds: nobody else writes there until `close`."""

    path: Path
    journal: Journal
    resumed: bool
    _lock: int

    def save_briefing(self, text: str) -> Path:
        """Write `briefing.json`, whole or not at all, and return its path."""
        path = self.path / "briefing.json"
        write_atomic(path, text.encode("utf-8", "replace"))
        return path

    def close(self) -> None:
        """Close the journal and let others in; call it once."""
        self.journal.close()
        os.close(self._lock)


def open_run(
    root: Path,
    bundle_sha256: str,
    model: str,
    prompt_ids: Mapping[str, str],
    settings: Mapping[str, Any],
) -> Run:
    """Open the run folder of these inputs below `root`, the newest that there is or a new one.

    The id is the start of the manifest's SHA-256, so that another bundle, model, prompt or setting
    never mixes into an old run. Raises `BusyError` if another process holds the folder, `InputError`
    if its `run.json` is damaged or newer, `StorageError` if it cannot be written.
    """
    manifest = {
        "v": VERSION,
        "bundle_sha256": bundle_sha256,
        "model": model,
        "prompt_ids": dict(prompt_ids),
        "settings": dict(settings),
    }
    run_id = hashlib.sha256(canonical_json(manifest)).hexdigest()[:8]
    runs = root / ".briefer" / "runs"
    make_folder(runs)
    # Two processes that start together must not both find no folder and each make one.
    gate = _open_lock(runs / "lock")
    try:
        _wait_for(gate, runs)
        folder = _newest(runs, run_id, manifest)
        resumed = folder is not None
        folder = folder or _create(runs, run_id, manifest)
        lock = _hold(folder)
    finally:
        os.close(gate)
    try:
        return Run(folder, Journal.open(folder / "calls.jsonl"), resumed, lock)
    except BaseException:
        os.close(lock)
        raise


def _newest(runs: Path, run_id: str, manifest: Mapping[str, Any]) -> Path | None:
    for folder in sorted(runs.glob(f"*-{run_id}"), reverse=True):
        if not (folder / "run.json").exists():  # killed before anything could be paid for
            _write_manifest(folder, run_id, manifest)
            return folder
        if _manifest_of(folder) == manifest:
            return folder
    return None


def _manifest_of(folder: Path) -> dict[str, Any]:
    path = folder / "run.json"
    hint = "move the run folder away, then run the same command again"
    try:
        run = json.loads(path.read_bytes())
        newer = run["v"] > VERSION
        manifest = {name: run[name] for name in ("v", "bundle_sha256", "model", "prompt_ids", "settings")}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise InputError(f"{path} is damaged", hint=hint) from error
    if newer:
        raise InputError(
            f"{path} is of format {run['v']}, and this briefer reads up to {VERSION}",
            hint=f"use the newer briefer that wrote it, or {hint}",
        )
    return manifest


def _create(runs: Path, run_id: str, manifest: Mapping[str, Any]) -> Path:
    folder = runs / f"{datetime.now(UTC).strftime(_NAME_FORMAT)}-{run_id}"
    while folder.exists():  # the same second and the same eight digits, but another manifest
        folder = folder.with_name(f"{folder.name.removesuffix(f'-{run_id}')}x-{run_id}")
    make_folder(folder)
    _write_manifest(folder, run_id, manifest)
    return folder


def _write_manifest(folder: Path, run_id: str, manifest: Mapping[str, Any]) -> None:
    run = {**manifest, "id": run_id, "started": _now()}
    write_atomic(folder / "run.json", json.dumps(run, indent=2, sort_keys=True).encode() + b"\n")


def _open_lock(path: Path) -> int:
    with storing(f"cannot open {path}"):
        return open_plain(path, os.O_RDWR | os.O_CREAT)


def _wait_for(gate: int, runs: Path) -> None:
    with storing(f"cannot lock {runs}"):
        for _ in range(200):
            if try_lock(gate):
                return
            time.sleep(0.005)
    raise BusyError(f"another process is opening a run in {runs}", hint="run the same command again")


def _hold(folder: Path) -> int:
    """Take the folder's lock and write into it who holds it."""
    lock = _open_lock(folder / "lock")
    try:
        with storing(f"cannot lock {folder}"):
            if not try_lock(lock):
                raise BusyError(
                    f"the run folder {folder} is in use by {_holder(lock)}",
                    hint="wait for it to end, or stop it; then run the same command again",
                    safe="nothing was changed",
                )
            holder = {"pid": os.getpid(), "host": socket.gethostname(), "since": _now()}
            os.ftruncate(lock, 0)
            os.pwrite(lock, canonical_json(holder), 0)
    except BaseException:
        os.close(lock)
        raise
    return lock


def _holder(lock: int) -> str:
    try:
        holder = json.loads(os.pread(lock, 1000, 0))
        return f"process {int(holder['pid'])} on {one_line(holder['host'])} since {one_line(holder['since'])}"
    except (ValueError, KeyError, TypeError):
        return "another process"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
