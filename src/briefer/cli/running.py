"""Running a job, with progress and costs on stderr."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from briefer.api import Opened, judged, judging, open_desk
from briefer.assembly import assemble, usage
from briefer.briefing import Briefing
from briefer.bundle import Bundle
from briefer.calls import Spent
from briefer.checking import Checkable, check_source
from briefer.cli.ledger import bill, tell_calls
from briefer.cli.stopping import to_its_end
from briefer.cli.terminal import note, write_whole
from briefer.drafting import Desk, Part
from briefer.flow import drafts, in_order, job_count
from briefer.models import Model
from briefer.runs import Files
from briefer.sections import Section
from briefer.settings import Settings
from briefer.statements import Checked
from briefer.text import one_line, plural

_NO_MODEL = "no model is configured: the briefing is made of the articles' own sentences (--model NAME asks one)"


@dataclass(frozen=True, slots=True)
class Job:
    """What `summarize` has been asked to do."""

    bundle: Bundle
    settings: Settings
    sections: tuple[Section, ...]
    replay: Path | None
    record: Path | None
    quiet: bool
    force_unlock: bool = False
    verbose: bool = False
    files: Files = Files()


@dataclass(frozen=True, slots=True)
class Check:
    """What `check` has been asked to have judged."""

    source: Checkable
    bundle: Bundle
    settings: Settings
    replay: Path | None
    record: Path | None
    quiet: bool
    verbose: bool = False
    files: Files = Files()


class Drafted(NamedTuple):
    """What came of a job, its parts in order of print."""

    desk: Desk
    parts: list[Part]
    briefing: Briefing


def run_job(job: Job) -> Briefing:
    """Draft and assemble; on a signal say what is safe and end with 128 + its number."""
    open_: list[Opened] = []
    return to_its_end(draft(job, open_), opened=open_).briefing


def run_check(check: Check) -> list[Checked]:
    """Prove again and have it judged; on a signal as in `run_job`."""
    open_: list[Opened] = []
    return to_its_end(_check(check, open_), opened=open_)


async def draft(job: Job, open_: list[Opened], through: Callable[[Model], Model] = lambda model: model) -> Drafted:
    """Draft and assemble what a job asks for; `open_` takes the desk, `through` may stand before the model."""
    async with open_desk(
        job.bundle, job.settings, job.replay, files=job.files, force_unlock=job.force_unlock
    ) as opened:
        if not job.replay:
            remark_on_model(job.settings, job.quiet)
        held = _begun(opened, open_, job)
        desk = replace(opened.desk, model=through(opened.desk.model))
        parts = in_order(await _collect(job, replace(opened, desk=desk)), desk, job.sections)
        made = _records(opened) - held
        _remark(opened, job.quiet)
        _warn(opened)
        briefing = assemble(desk, parts, job.sections)
        opened.save(briefing)
        if job.record:
            _write_tape(opened, job.record)
    _tell(briefing, parts, job, made)
    return Drafted(desk, parts, briefing)


def remark_on_model(settings: Settings, quiet: bool) -> None:
    """Note that no model will be asked, where nobody said so."""
    if settings.model == "auto":
        note(_NO_MODEL, quiet)


async def _check(check: Check, open_: list[Opened]) -> list[Checked]:
    settings = judging(check.source, check.settings)
    async with open_desk(check.bundle, settings, check.replay, files=check.files) as opened:
        held = _begun(opened, open_, check)
        checked, spent = await judged(check_source(check.source, check.bundle), opened.desk)
        made = _records(opened) - held
        _remark(opened, check.quiet)
        _warn(opened)
        if opened.run:
            opened.run.save_checks("".join(f"{c.line()}\n" for c in checked))
        if check.record:
            _write_tape(opened, check.record)
    if spent.calls:
        told = bill(usage(opened.desk, Spent(), spent), made, taped=bool(check.replay))
        note(f"judge {opened.desk.model.name}: {told}", check.quiet)
    return checked


def _begun(opened: Opened, open_: list[Opened], task: Job | Check) -> int:
    """Note where the run folder is and what an earlier run left there; return how many calls it holds already."""
    open_.append(opened)
    if opened.run:
        if opened.run.resumed:
            note(f"going on with {opened.run.path}", task.quiet)
        _warn(opened)
        unanswered = opened.run.journal.unanswered
        if unanswered:
            named = ", ".join(sorted({one_line(r.call_name) for r in unanswered}))
            cut_off = f"{plural(len(unanswered), 'call')} that a kill cut off ({named})"
            note(f"may have been billed: {cut_off}", task.quiet)
        if task.verbose and not task.quiet:
            tell_calls(task.settings.base_url)
    return _records(opened)


def _records(opened: Opened) -> int:
    return len(opened.run.journal.records) if opened.run else 0


def _warn(opened: Opened) -> None:
    """Print what the journal found damaged, or the disk did, since the last time."""
    if opened.run:
        for warning in opened.run.journal.warnings:
            note(f"warning: {warning}")
        opened.run.journal.warnings.clear()


def _remark(opened: Opened, quiet: bool) -> None:
    """Note what the server did not take of the settings."""
    for text in opened.notes:
        note(text, quiet)


async def _collect(job: Job, opened: Opened) -> list[Part]:
    """Gather the parts; on a terminal one line on stderr tells how far it is."""
    parts: list[Part] = []
    total = job_count(opened.desk, job.sections)
    moves = not (job.quiet or job.verbose)  # lines of calls tell how far it is as well
    shows = sys.stderr is not None and sys.stderr.isatty() and moves and opened.run is not None
    stream = drafts(opened.desk, job.sections)
    if shows:
        _show(0, total, "asking the model")
    try:
        async with contextlib.aclosing(stream) as arriving:
            async for part in arriving:
                parts.append(part)
                if shows:
                    _show(len(parts), total, part.section.title + (f": {part.outlet}" if part.outlet else ""))
    finally:
        if shows:
            sys.stderr.write("\r\x1b[K")
    return parts


def _show(done: int, total: int, what: str) -> None:
    sys.stderr.write(f"\r\x1b[K{done:>3} of {total}  {what}"[:100])
    sys.stderr.flush()


def _write_tape(opened: Opened, tape: Path) -> None:
    """Write the replies that this run was made of as a tape, in a stable order; streamed ones without their events."""
    from briefer.journal import encode
    from briefer.models.stream import whole

    journal = opened.run.journal if opened.run else None
    records = [r for key in dict.fromkeys(opened.asked) for r in journal.attempts(key)] if journal else []
    records = [replace(record, body=whole(record.body)) for record in records]
    ordered = sorted(records, key=lambda r: (r.section, r.outlet or "", r.round, r.key, r.at))
    write_whole(tape, b"".join(map(encode, ordered)).decode("ascii"))


def _tell(briefing: Briefing, parts: Sequence[Part], job: Job, made: int) -> None:
    """Say on stderr what was withheld, what fell back, and what it took; `made` counts the calls made now."""
    if job.quiet:
        return
    returned, mended = sum(p.returned for p in parts), sum(p.mended for p in parts)
    if returned:
        note(f"{plural(returned, 'sentence')} went back to the model, {mended} came back mended")
    if briefing.withheld:
        note(f"{len(briefing.withheld)} withheld; the briefing lists them with their reasons")
    for gap in (*briefing.gaps, *(i for i in briefing.integrity if i.code in ("R004", "R005"))):
        note(f"{gap.code} {gap.message}")
    if briefing.usage.calls:
        judge = f", judge {briefing.provenance.judge}" if briefing.provenance.judge else ""
        note(f"{briefing.provenance.model}{judge}: {bill(briefing.usage, made, taped=bool(job.replay))}")
