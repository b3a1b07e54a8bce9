"""Two sides, run over the same bundles, held against each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from briefer.briefing import Briefing
from briefer.compare.alerts import broken, lost_places
from briefer.compare.cells import Cell, Cut
from briefer.compare.changes import Call, SectionCalls, changes
from briefer.compare.edits import edits_between, named_phrases
from briefer.compare.expectations import Expectation, held_by
from briefer.compare.measures import LOST, MEASURES, Measure, phrase, trials
from briefer.compare.noise import ALPHA, Effect, beyond_noise, effect, numbers
from briefer.compare.report import Alert, Comparison, Measured, SectionReport, Side, Story
from briefer.compare.wording import section_verdict, verdict
from briefer.prompts import Prompts
from briefer.sections import BY_KEY
from briefer.text import one_line


@dataclass(frozen=True, slots=True)
class Runs:
    """One side: its name, its briefings by bundle, one for each run; its prompts and its calls' seconds, if at hand."""

    name: str
    briefings: Mapping[str, Sequence[Briefing]]
    prompts: Prompts | None = None
    seconds: Mapping[str, Sequence[float]] = field(default_factory=dict)


def contrast(
    old: Runs, new: Runs, *, max_loss: float = 0.0, standard: Mapping[str, Sequence[Expectation]] | None = None
) -> Comparison:
    """Return what differs beyond the old side's own noise, over the bundles that both sides have.

    `max_loss` is the share of the old sentences that may be lost before it counts as a regression; `standard` holds
    what is expected of each bundle.
    """
    stories = [_story(old, new, sha) for sha in old.briefings if sha in new.briefings]
    cuts = {s.id: ([Cut.of(b) for b in old.briefings[s.id]], [Cut.of(b) for b in new.briefings[s.id]]) for s in stories}
    edits = tuple(edits_between(old.prompts, new.prompts))
    asked = [*MEASURES, *(phrase(text) for text in named_phrases(edits))]
    sections = [_measured(section, asked) for section in _sections(cuts)]
    flags = iter(beyond_noise([e for s in sections for _, e in s.effects]))
    reports = [_report(section, [next(flags) for _ in section.effects]) for section in sections]
    held = tuple(held_by(story, wanted, cuts[story]) for story in cuts for wanted in (standard or {}).get(story, ()))
    expected = tuple(e for e in held if e is not None)
    alerts = (*lost_places(sections, stories), *broken(expected, stories), *_models(old, new))
    return Comparison(
        old=_side(old),
        new=_side(new),
        stories=tuple(stories),
        prompts=edits,
        verdict=verdict(reports, alerted=bool(alerts)),
        regressions=tuple(r.key for r in reports if _loses(r, max_loss)),
        alerts=alerts,
        sections=tuple(reports),
        costs=tuple(_costs(old, new, stories)),
        expectations=expected,
    )


def _story(old: Runs, new: Runs, sha: str) -> Story:
    first = old.briefings[sha][0]
    outlets = tuple(dict.fromkeys(article.outlet for article in first.articles))
    runs = {"old_runs": len(old.briefings[sha]), "new_runs": len(new.briefings[sha])}
    return Story(id=sha, name=one_line(first.story), outlets=outlets, **runs)


def _side(runs: Runs) -> Side:
    sample = next(iter(runs.briefings.values()))[0].provenance
    return Side(name=runs.name, model=sample.model, prompts=sample.prompts)


def _sections(cuts: Mapping[str, tuple[Sequence[Cut], Sequence[Cut]]]) -> Iterator[SectionCalls]:
    for key in BY_KEY:
        calls = [
            Call(story, place, old, new)
            for story, (old, new) in cuts.items()
            for place in sorted({p for cut in (*old, *new) for p in cut.by_place if p.section == key})
        ]
        if calls:
            yield SectionCalls(key, calls)


def _measured(section: SectionCalls, asked: Sequence[Measure]) -> SectionCalls:
    if not section.touched:
        return section
    cells: dict[str, list[tuple[Sequence[Cell], Sequence[Cell]]]] = {}
    for call in section.calls:
        cells.setdefault(call.story, []).append((call.old_cells, call.new_cells))
    found = []
    for measure in asked:
        tried = trials(measure, cells)
        if tried and (measure is LOST or any(t.old or t.new for t in tried)):
            found.append((measure, effect(tried, one_sided=measure.lost is not None, averaged=measure.averaged)))
    return SectionCalls(section.key, section.calls, found)


def _report(section: SectionCalls, flags: Sequence[bool]) -> SectionReport:
    told = [_told(m, e, flag) for (m, e), flag in zip(section.effects, flags, strict=True)]
    found = changes(section.calls)
    return SectionReport(
        key=section.key,
        title=BY_KEY[section.key].title,
        touched=section.touched,
        beyond_noise=any(flags),
        verdict=section_verdict(told, found, [e for _, e in section.effects], touched=section.touched),
        measures=tuple(told),
        changes=tuple(found),
    )


def _told(measure: Measure, found: Effect, flag: bool) -> Measured:
    return Measured(
        key=measure.key,
        noun=measure.noun,
        old=found.old,
        new=found.new,
        noise=found.noise,
        difference=found.difference,
        low=found.low,
        high=found.high,
        p=found.p,
        beyond_noise=flag,
    )


def _loses(report: SectionReport, max_loss: float) -> bool:
    by_key = {m.key: m for m in report.measures}
    lost, printed = by_key.get("lost"), by_key.get("sentences")
    if not lost or not lost.beyond_noise or not printed or not printed.old:
        return False
    return lost.difference / printed.old > max_loss


def _models(old: Runs, new: Runs) -> Iterator[Alert]:
    names = [_side(runs).model for runs in (old, new)]
    if names[0] != names[1]:
        told = f"the models differ: {one_line(names[0])} and {one_line(names[1])}; a change may be the model's"
        yield Alert(kind="model", message=told)


def _taken(runs: Runs, story: str, key: str) -> list[Any]:
    """Return what each run took, None where it was not counted; nothing where nobody timed it."""
    if key == "seconds":
        return list(runs.seconds.get(story, ()))
    return [getattr(briefing.usage, key) for briefing in runs.briefings[story]]


def _costs(old: Runs, new: Runs, stories: Sequence[Story]) -> Iterator[Measured]:
    nouns = {
        "calls": "calls", "input_tokens": "tokens in", "cached_tokens": "of them cached",
        "output_tokens": "tokens out", "cost": "dollars", "seconds": "seconds of calls",
    }  # fmt: skip
    for key, noun in nouns.items():
        tried = []
        for story in stories:
            sides = [_taken(runs, story.id, key) for runs in (old, new)]
            if all(sides) and None not in (*sides[0], *sides[1]):
                tried.append(numbers(story.id, *sides))
        if tried:
            found = effect(tried, one_sided=False)
            flag = found.p is not None and found.p <= ALPHA
            yield _told(Measure(key, noun), found, flag)
