"""What is asked of every bundle of a batch, and the briefing of one: alike in a shard and in a cluster."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from briefer.briefing import Briefing
from briefer.bundle import Bundle, in_language
from briefer.calls import canonical_json
from briefer.data import own_version
from briefer.drafting import Desk
from briefer.flow import compose
from briefer.journal import Journal, Record, Status
from briefer.memo import one_bundle
from briefer.models.doors import Doors
from briefer.models.extract import Extract
from briefer.models.post import Correspondence
from briefer.models.till import Amount
from briefer.models.tokens import size_of
from briefer.prompts import Prompts
from briefer.render import Format
from briefer.runs import Manifest, Run, run_at
from briefer.sections import SECTIONS, Section


@dataclass(frozen=True, slots=True)
class Commission:
    """What is asked: of which models, with which prompts, in which language and sections, in which forms.

    Without `doors` the articles' own sentences are used. `kept` are the other settings of a run's identity, `spill`
    takes replies that a full disk does not, `at_once` is how many bundles may be in flight.
    """

    prompts: Prompts
    doors: Doors | Correspondence | None = None
    model: str = Extract.name
    judge: str | None = None
    base_url: str | None = None
    language: str | None = None
    sections: tuple[Section, ...] = SECTIONS
    formats: tuple[Format, ...] = ("json",)
    kept: Mapping[str, Any] = field(default_factory=dict)
    spill: Path | None = None
    at_once: int = 1

    def manifest(self, bundle: Bundle) -> Manifest:
        """Return what the replies to a bundle's calls depend on: the identity of its run folder."""
        drafting = {name: id_ for name, id_ in self.prompts.ids.items() if name != "_judge"}
        language = {"language": self.language or bundle.language}
        return Manifest(bundle.sha256, self.model, drafting, {**self.kept, **language})

    def key(self, bundle: Bundle) -> str:
        """Return a digest of all that a bundle's output depends on."""
        asked = {
            "bundle": bundle.sha256,
            "run": self.manifest(bundle).id,
            "prompts": self.prompts.ids,
            "judge": self.judge,
            "sections": [section.key for section in self.sections],
            "formats": self.formats,
            "briefer": own_version(),
        }
        return hashlib.sha256(canonical_json(asked)).hexdigest()[:32]


class Postponed(Exception):
    """A bundle's requests are to be sent in a provider's batch, so it has no briefing yet."""


@dataclass(frozen=True, slots=True)
class Drafted:
    """The briefing of a bundle, or why there is none; every call ever recorded for it, and what a budget counts.

    `notes` are plain sentences about what was damaged on the disk.
    """

    briefing: Briefing | None
    error: Exception | None = None
    records: Sequence[Record] = ()
    taken: Amount | None = None
    notes: tuple[str, ...] = ()


async def draft(bundle: Bundle, asked: Commission, runs: Path, repeat: int = 0) -> Drafted:
    """Draft and prove the briefing of one bundle, its calls one after another; never raises but when cancelled.

    Its run folder is below `runs`: what is recorded there is not paid again. `repeat` tells forced runs apart.
    """
    try:
        if asked.doors is None:
            with one_bundle():
                told = _told(bundle, asked)
                return Drafted(await compose(Desk(told, asked.prompts, Extract(told)), asked.sections))
        with one_bundle(), closing(_run(bundle, asked, runs)) as run:
            drafter, *judge = asked.doors.over(run.journal, repeat)
            with asked.doors.fitting(run.journal, repeat) as fitting:
                judging = judge[0] if judge else None
                desk = Desk(_told(bundle, asked), asked.prompts, drafter, asked.base_url, judging, fitting)
                briefing, error = await _composed(desk, asked.sections)
            if briefing:
                run.save_briefing(briefing.model_dump_json(indent=2, by_alias=True) + "\n")
            await run.journal.synced()  # what a failed call leaves behind is counted as well
            run.journal.ready()  # with replies in the spill the bundle is not at its end
            if isinstance(asked.doors, Correspondence) and asked.doors.waiting:
                return Drafted(None, Postponed(f"{asked.doors.waiting} requests wait for an answer"))
            records = [*run.journal.records, *lost_of(run.journal)]
        return Drafted(briefing, error, records, taken_by(records, bundle, asked), tuple(run.journal.warnings))
    except Exception as error:
        return Drafted(None, error)


def _told(bundle: Bundle, asked: Commission) -> Bundle:
    return in_language(bundle, asked.language) if asked.language else bundle


def _run(bundle: Bundle, asked: Commission, runs: Path) -> Run:
    manifest = asked.manifest(bundle)
    return run_at(folder_of(runs, manifest), manifest, bundle.story, asked.spill)


async def _composed(desk: Desk, sections: Sequence[Section]) -> tuple[Briefing | None, Exception | None]:
    try:
        return await compose(desk, sections), None
    except Exception as error:
        return None, error


def lost_of(journal: Journal) -> list[Record]:
    """Return the calls that a kill left without an answer: they may have been billed."""
    return [replace(record, status=Status.UNKNOWN) for record in journal.unanswered]


def taken_by(records: Sequence[Record], bundle: Bundle, asked: Commission) -> Amount | None:
    """Return what recorded calls count in the budget; None where there is no limit."""
    if asked.doors is None or not asked.doors.shared.budget.has_limit:
        return None
    texts = (*(s.text for s in bundle.sentences.values()), *(p.body for p in asked.prompts.by_name.values()))
    return asked.doors.shared.budget.worth(records, size_of(texts))


def folder_of(runs: Path, manifest: Manifest) -> Path:
    """Return the run folder of a bundle: found by its identity alone, and never a million in one folder."""
    return runs / manifest.id[:2] / manifest.id[:16]
