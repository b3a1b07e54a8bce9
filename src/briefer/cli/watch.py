"""`briefer summarize --watch`: a save of a prompt drafts its section again, and nothing else."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import NoReturn

from briefer.api import Opened, window_of
from briefer.assembly import assemble
from briefer.briefing import Briefing
from briefer.bundle import in_language
from briefer.calls import Completion, Request
from briefer.cli.running import Drafted, Job, draft
from briefer.cli.stopping import to_its_end
from briefer.cli.terminal import note
from briefer.drafting import Part
from briefer.editing.store import keep_run
from briefer.editing.watching import Saves, affected, look, next_saves
from briefer.errors import BrieferError, InputError, UsageError
from briefer.flow import in_order
from briefer.forecast import Forecast, Names, forecast
from briefer.memo import one_bundle
from briefer.models import Model
from briefer.models.prices import dollars
from briefer.prompts import load_prompts
from briefer.sections import Section
from briefer.text import one_line, plural

Deliver = Callable[[Briefing], None]


@dataclass(frozen=True, slots=True)
class _Remembering:
    """A model that is not asked twice for the same: what a save does not touch is answered out of memory."""

    model: Model
    memory: dict[str, Completion]

    @property
    def name(self) -> str:
        return self.model.name

    async def reply(self, request: Request) -> Completion:
        key = request.digest(self.name)
        if key not in self.memory:
            completion = await self.model.reply(request)
            if completion.failure:
                return completion
            self.memory[key] = completion
        return self.memory[key]


@dataclass(slots=True)
class _Session:
    """What stands at the moment: the parts of all sections, and the replies that they are made of."""

    job: Job
    folder: Path
    deliver: Deliver
    whole: bool
    opened: list[Opened]  # the desk that is open now
    memory: dict[str, Completion] = field(default_factory=dict)
    ids: dict[str, str] = field(default_factory=dict)
    parts: list[Part] = field(default_factory=list)


def watch(job: Job, deliver: Deliver, *, whole: bool) -> NoReturn:
    """Draft and deliver, then again after each save, until a signal: the whole briefing, or what was drafted again.

    Raises UsageError where no prompt file is in use.
    """
    folder = job.settings.prompts
    if folder is None:
        raise UsageError(
            "--watch has nothing to watch: the shipped prompts are in force", hint="briefer prompts eject KEY"
        )
    opened: list[Opened] = []
    with one_bundle():  # what the checks remember of its texts serves every save
        to_its_end(_watch(_Session(job, folder, deliver, whole, opened)), opened=opened)
    raise AssertionError("watching ends with a signal")


async def _watch(session: _Session) -> None:
    saves = Saves(look(session.folder))
    session.ids = load_prompts(session.folder).ids
    drafted = await _draft(session, session.job)
    session.parts = drafted.parts
    session.deliver(drafted.briefing)
    quiet = session.job.quiet
    note(f"watching {session.folder}/: save a prompt to see its section again; Ctrl-C ends it", quiet)
    while True:
        saved = await next_saves(saves, session.folder)
        started = time.perf_counter()
        try:
            await _again(session, saved, started)
        except BrieferError as error:
            _report(error)


def _report(error: BrieferError) -> None:
    note(f"  {one_line(error.cause)}")
    note("  safe: the section stays as it was; still watching")
    if error.hint:
        note(f"  next: {one_line(error.hint)}")


async def _again(session: _Session, saved: Sequence[str], started: float) -> None:
    """Draft the sections of saved prompts again; a text that is the same as before asks for nothing."""
    job = session.job
    prompts = load_prompts(session.folder)
    changed = [name for name in saved if prompts.ids[name] != session.ids[name]]
    sections = affected(changed, job.sections)
    keep_run(job.settings.runs, prompts)
    price = await _price(session, sections) if changed else ": its text is the one that is shown"
    note(f"{datetime.now():%H:%M:%S} {', '.join(saved)} saved{price}", job.quiet)
    if sections:
        drafted = await _draft_edited(session, sections, changed)
        _exchange(session, drafted, sections)
        note(f"  drafted again in {time.perf_counter() - started:.2f} s", job.quiet)
    # Only now: what failed is tried again with the next save, even with the same words.
    session.ids = prompts.ids


def _exchange(session: _Session, drafted: Drafted, sections: Sequence[Section]) -> None:
    """Put new parts in the place of old ones, and deliver."""
    keys = {section.key for section in sections}
    kept = [part for part in session.parts if part.section.key not in keys]
    every = session.job.sections
    session.parts = in_order([*kept, *drafted.parts], drafted.desk, every)
    session.deliver(assemble(drafted.desk, session.parts, every) if session.whole else drafted.briefing)


async def _draft(session: _Session, job: Job) -> Drafted:
    session.opened.clear()
    return await draft(job, session.opened, lambda model: _Remembering(model, session.memory))


async def _draft_edited(session: _Session, sections: tuple[Section, ...], changed: Sequence[str]) -> Drafted:
    try:
        return await _draft(session, replace(session.job, sections=sections))
    except InputError as error:
        if not session.job.replay:
            raise
        raise InputError(
            f"the tape has no reply to this text of {', '.join(changed)}; it knows those it was recorded with",
            hint="save a text that it knows, or ask a model: --model NAME in place of --replay",
        ) from error


async def _price(session: _Session, sections: tuple[Section, ...]) -> str:
    """Return what it will take, in words: the calls that memory has no reply for."""
    job = session.job
    if not sections:
        return ": it is no part of the sections shown"
    if job.replay:
        return ": replies come from the tape, nothing is paid"
    settings = job.settings
    bundle = in_language(job.bundle, settings.language) if settings.language else job.bundle
    names = Names(settings.model, settings.judge, settings.base_url, settings.reply_tokens)
    foreseen = await forecast(bundle, load_prompts(session.folder), names, sections, window_of(settings))
    calls = tuple(call for call in foreseen.calls if call.request.digest(call.model) not in session.memory)
    total = Forecast(names, calls).likely
    price = "cost unknown" if total.cost is None else f"likely {dollars(total.cost)}"
    return f": {plural(len(calls), 'call')}, about {total.spent.input_tokens or 0:,} tokens in, {price}"
