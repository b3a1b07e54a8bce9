"""A run that was broken off, and whose bundle has changed since: what was paid for it would be paid again."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from briefer.errors import InputError
from briefer.journal import Journal, Status
from briefer.runs import RESULTS, RUNS, Manifest, read_run
from briefer.text import one_line, plural


def refuse_change(root: Path, bundle: Path | None, manifest: Manifest) -> None:
    """Raise `InputError` if the last run of this file did not come to its end, and the file was another then.

    All but the bundle must be the same: whoever asks another model, or in other words, begins anew on purpose. So does
    whoever edits the bundle of a finished run.
    """
    runs = root / RUNS
    if bundle is None or any(runs.glob(f"*-{manifest.id[:8]}")):
        return
    folders = sorted((path.parent for path in runs.glob("*/run.json")), reverse=True)
    folder = next((each for each in folders if _is_of(each, str(bundle.absolute()), manifest.as_json())), None)
    if folder is None or any((folder / name).exists() for name in RESULTS):
        return
    calls = folder / "calls.jsonl"
    records = Journal.read(calls).records if calls.exists() else ()
    paid = sum(record.status is not Status.HTTP for record in records)
    if paid:
        raise InputError(
            f"{one_line(bundle.name)} has changed since the run {folder}, which is not at its end",
            hint="put it back as it was to go on there, or add --accept-changes to begin anew",
            safe=f"{plural(paid, 'reply', 'replies')} of that run, and nothing was paid now",
        )


def _is_of(folder: Path, bundle: str, now: dict[str, Any]) -> bool:
    """Whether a run is one of this file, and of what is asked now but for the bundle."""
    try:
        run = read_run(folder)
        same = all(run[name] == now[name] for name in now if name != "bundle_sha256")
        return bool(same and run["origin"]["bundle"] == bundle)
    except (InputError, KeyError, TypeError):
        return False
