"""Running both sides of a comparison: from tapes where they hold the reply, from a model where one is named."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace

from briefer.api import open_desk
from briefer.briefing import Briefing
from briefer.bundle import Bundle, in_language
from briefer.compare.contrast import Runs, contrast
from briefer.compare.expectations import Standard, of_bundle
from briefer.compare.report import Comparison
from briefer.compare.sides import Past, Prompting
from briefer.compare.stories import Told
from briefer.drafting import Desk
from briefer.errors import InputError, UsageError
from briefer.flow import compose
from briefer.models.recorded import Recorded, recordings
from briefer.models.replay import sole_model
from briefer.prompts import Prompts
from briefer.requests import draft_request
from briefer.sections import SECTIONS, Scope, Section
from briefer.settings import Settings

_OF_ALL = ("_system", "_articles", "_repair")
# Bundles that are run at a time; each has its run folder, and one run of a bundle follows the other.
_BUNDLES = 4


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be compared: `repeat` is how often the old side is run where a model is asked."""

    old: Prompting | Past
    new: Prompting | Past
    stories: Sequence[Told]
    settings: Settings
    sections: Sequence[Section] = SECTIONS
    repeat: int = 2
    max_loss: float = 0.0
    standards: Sequence[Standard] = ()


async def compare(plan: Plan, done: Callable[[str], None] = lambda told: None) -> Comparison:
    """Run what is still to be run and return what differs; `done` is told of each run that has ended.

    Only sections that the edit can touch are run. Raises BrieferError: InputError where a tape lacks a reply and no
    model is named.
    """
    sections = [s for s in plan.sections if s in touched(plan)]
    if not sections:
        raise UsageError(
            f"{plan.old.name} and {plan.new.name} have the same prompts for these sections",
            hint="nothing was run; name two that differ",
        )
    old = await _runs(plan, plan.old, plan.repeat, sections, done)
    new = await _runs(plan, plan.new, 1, sections, done)
    if not set(old.briefings) & set(new.briefings):
        raise InputError("the two sides have no bundle in common", hint="compare runs over the same bundles")
    standard = {sha: of_bundle(plan.standards, ran[0].story, sha) for sha, ran in old.briefings.items()}
    if plan.standards and not any(standard.values()):
        raise InputError(
            f"none of these expectations is for a story compared here: {', '.join(s.story for s in plan.standards)}",
            hint=f"story must be as in {', '.join(repr(ran[0].story) for ran in list(old.briefings.values())[:3])}",
        )
    return contrast(old, new, max_loss=plan.max_loss, standard=standard)


def touched(plan: Plan) -> list[Section]:
    """Return the sections whose calls differ between the two sides; all of them where runs are past."""
    if isinstance(plan.old, Past) or isinstance(plan.new, Past):
        return list(SECTIONS)
    old, new = plan.old.prompts.ids, plan.new.prompts.ids
    edited = {name for name, id_ in old.items() if new[name] != id_}
    if edited.intersection(_OF_ALL):
        return list(SECTIONS)
    closing = "_closing" in edited
    return [s for s in SECTIONS if s.key in edited or (closing and s.scope is Scope.OUTLET)]


async def _runs(
    plan: Plan, side: Prompting | Past, repeat: int, sections: Sequence[Section], done: Callable[[str], None]
) -> Runs:
    found: dict[str, list[Briefing]] = {}
    seconds: dict[str, list[float]] = {}
    if isinstance(side, Past):
        for briefing in side.briefings:
            found.setdefault(briefing.provenance.bundle_sha256, []).append(briefing)
        return Runs(side.name, found)
    gate = asyncio.Semaphore(_BUNDLES)

    async def run(story: Told) -> None:
        async with gate:
            ran = await _story(plan, side, story, repeat, sections, done)
            found[story.bundle.sha256], seconds[story.bundle.sha256] = map(list, zip(*ran, strict=True))

    tasks = [asyncio.create_task(run(story)) for story in plan.stories]
    try:
        await asyncio.gather(*tasks)
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
    return Runs(side.name, {s.bundle.sha256: found[s.bundle.sha256] for s in plan.stories}, side.prompts, seconds)


async def _story(
    plan: Plan, side: Prompting, story: Told, repeat: int, sections: Sequence[Section], done: Callable[[str], None]
) -> list[tuple[Briefing, float]]:
    """Run one bundle as often as asked for, or as often as its tapes hold; return each with its calls' seconds."""
    language = plan.settings.language
    bundle = in_language(story.bundle, language) if language else story.bundle
    name = plan.settings.model if plan.settings.names_model else _taped_model(story)
    taped = min(_recorded(bundle, side.prompts, story, name, s) for s in sections)
    count = max(taped, repeat if plan.settings.names_model else 1)
    ran = []
    for number in range(count):
        async with _desk(plan, side, story, bundle, name, number) as desk:
            briefing = await compose(desk, sections)
            ran.append((briefing, desk.model.seconds if isinstance(desk.model, Recorded) else 0.0))
        done(f"{side.name}: {bundle.story}, run {number + 1} of {count}")
    return ran


@asynccontextmanager
async def _desk(
    plan: Plan, side: Prompting, story: Told, bundle: Bundle, name: str, number: int
) -> AsyncIterator[Desk]:
    if not plan.settings.names_model:
        yield Desk(bundle, side.prompts, Recorded(story.tapes, name, repeat=number))
        return
    async with open_desk(story.bundle, replace(plan.settings, prompts=side.folder), repeat=number) as opened:
        yield replace(opened.desk, model=Recorded(story.tapes, name, repeat=number, behind=opened.desk.model))


def _taped_model(story: Told) -> str:
    if not story.tapes:
        raise InputError(
            f"no tape of {story.bundle.story} is given, and no model is named",
            hint="name a model with --model, or tapes with --replay",
        )
    names = {sole_model(tape) for tape in story.tapes}
    if len(names) > 1:
        raise InputError(f"the tapes are of several models: {', '.join(sorted(names))}", hint="name one with --model")
    return names.pop()


def _recorded(bundle: Bundle, prompts: Prompts, story: Told, name: str, section: Section) -> int:
    """Return how many runs of a section's first calls the tapes hold."""
    outlets = bundle.outlets if section.scope is Scope.OUTLET else (None,)
    asked = [draft_request(prompts, bundle, section, outlet) for outlet in outlets]
    return min(len(recordings(story.tapes, request, name)) for request in asked)
