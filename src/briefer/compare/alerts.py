"""What an editor must see first: an outlet without an account, an expectation that is no longer met."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefer.compare.cells import PAPERS
from briefer.compare.changes import SectionCalls
from briefer.compare.report import Alert, Expected, Story
from briefer.sections import BY_KEY
from briefer.text import plural


def lost_places(sections: Sequence[SectionCalls], stories: Sequence[Story]) -> Iterator[Alert]:
    """Yield outlets and sections that every old run has words of its own for, and no new one."""
    names = {story.id: story.name for story in stories}
    lost: dict[tuple[str, str], list[str]] = {}
    for section in sections:
        for call in section.calls:
            if all(c.is_own for c in call.old_cells) and not any(c.is_own for c in call.new_cells):
                lost.setdefault((section.key, call.place.outlet), []).append(call.story)
    for (key, outlet), where in lost.items():
        if key == PAPERS and not outlet:  # closing words stand and fall with the accounts
            continue
        what = f"{outlet} has no account of its own" if outlet else f"“{BY_KEY[key].title}” is empty"
        held = [s for s in stories if not outlet or outlet in s.outlets]
        told = f"in {len(where)} of {plural(len(held), 'story', 'stories')}" if len(held) > 1 else "any more"
        named = ", ".join(names[story] for story in where[:3])
        yield Alert(
            kind="outlet_lost" if outlet else "section_lost",
            message=f"{what} {told} ({named}); the old prompts gave one every time",
            story=where[0] if len(where) == 1 else None,
            section=key,
            outlet=outlet or None,
        )


_ASKED = {"must_mention": "is no longer told", "must_quote": "is no longer quoted", "must_not_say": "is said"}


def broken(expected: Sequence[Expected], stories: Sequence[Story]) -> Iterator[Alert]:
    """Yield expectations that the new prompts meet less often than the old ones."""
    names = {story.id: story.name for story in stories}
    for wanted in expected:
        if wanted.new_held * wanted.old_runs >= wanted.old_held * wanted.new_runs:
            continue
        runs = f"{wanted.new_runs - wanted.new_held} of {plural(wanted.new_runs, 'run')}"
        where = ", ".join(part for part in (wanted.outlet, names[wanted.story]) if part)
        yield Alert(
            kind="expectation",
            message=f"“{wanted.text}” {_ASKED[wanted.kind]} ({where}; in {runs})",
            story=wanted.story,
            section=wanted.section,
            outlet=wanted.outlet,
        )
