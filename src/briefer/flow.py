"""The flow on one screen: every section drafted and proved side by side, then assembled.

Parts are yielded as they are done and assembling is pure, so nothing calls back upward: whoever
shows progress does so between two parts.
"""

from __future__ import annotations

import asyncio
import logging
import traceback
from collections.abc import AsyncGenerator, Coroutine, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from briefer.assembly import assemble
from briefer.briefing import Briefing
from briefer.calls import Request
from briefer.checks import prove
from briefer.drafting import Desk, Part, draft_closing, draft_section
from briefer.errors import BrieferError
from briefer.models.extract import Extract
from briefer.replies import PapersSay, read_reply
from briefer.sections import SECTIONS, Scope, Section

_LOG = logging.getLogger(__name__)


async def compose(desk: Desk, sections: Sequence[Section] = SECTIONS) -> Briefing:
    """Draft, prove and assemble a briefing of `sections`.

    Raises BrieferError for what ends a run; a section that fails is named in the briefing's `integrity`.
    """
    return assemble(desk, in_order([part async for part in drafts(desk, sections)], desk, sections), sections)


async def drafts(desk: Desk, sections: Sequence[Section] = SECTIONS) -> AsyncGenerator[Part, None]:
    """Yield every part as soon as it is proved: sections, accounts, and last the closing words."""
    jobs: list[Coroutine[Any, Any, Part]] = []
    for section in sections:
        outlets = desk.bundle.outlets if section.scope is Scope.OUTLET else (None,)
        jobs += [_or_bug(draft_section(desk, section, outlet), section, outlet) for outlet in outlets]
    accounts: dict[str, Part] = {}
    async for part in _as_done(jobs):
        if part.outlet:
            part = await _or_extract(part, desk)
            accounts[part.outlet or ""] = part
        yield part
    if accounts and _has_closing(desk):
        papers = next(s for s in sections if s.scope is Scope.OUTLET)
        proved = {o: accounts[o].proved for o in desk.bundle.outlets if accounts[o].proved}
        yield await _or_bug(draft_closing(desk, papers, proved), papers)


def job_count(desk: Desk, sections: Sequence[Section] = SECTIONS) -> int:
    """Return how many parts `drafts` will yield."""
    accounts = len(desk.bundle.outlets) + _has_closing(desk)
    return sum(accounts if s.scope is Scope.OUTLET else 1 for s in sections)


def _has_closing(desk: Desk) -> bool:
    """Whether the accounts are followed by closing words: one outlet has no coverage to compare."""
    return len(desk.bundle.outlets) > 1 and desk.model.name != Extract.name


def in_order(parts: Sequence[Part], desk: Desk, sections: Sequence[Section] = SECTIONS) -> list[Part]:
    """Sort parts as they are printed: sections in order, accounts in the bundle's order, closing words last."""
    places = {outlet: n for n, outlet in enumerate(desk.bundle.outlets)}
    keys = [s.key for s in sections]
    return sorted(parts, key=lambda p: (keys.index(p.section.key), places.get(p.outlet or "", len(places))))


async def _as_done(jobs: Sequence[Coroutine[Any, Any, Part]]) -> AsyncGenerator[Part, None]:
    tasks = [asyncio.ensure_future(job) for job in jobs]
    try:
        for done in asyncio.as_completed(tasks):
            yield await done
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


async def _or_bug(job: Coroutine[Any, Any, Part], section: Section, outlet: str | None = None) -> Part:
    """Return a part that a bug ended as a failed one, so that the others go on; its replies are in the journal."""
    try:
        return await job
    except BrieferError:
        raise
    except Exception as error:
        _LOG.debug("a bug in %s", section.key, exc_info=error)
        last = traceback.extract_tb(error.__traceback__)[-1]
        where = f"{Path(last.filename).name}, line {last.lineno}"
        return Part(section, outlet, failure=f"a bug in briefer, {type(error).__name__} in {where}")


async def _or_extract(part: Part, desk: Desk) -> Part:
    """Give an outlet whose account failed altogether its own lead sentences: no outlet vanishes."""
    if part.proved:
        return part
    why = part.failure or "no sentence of its account could be proved"
    floor = Extract(desk.bundle)
    empty = Request(part.section.key, part.outlet, "draft", (), {}, "")
    reply = read_reply(PapersSay, (await floor.reply(empty)).text)
    claims = reply.claims(part.section.key, part.outlet) if isinstance(reply, PapersSay) else []
    return replace(part, verdicts=(*part.verdicts, *prove(claims, desk.bundle)), failure=why)
