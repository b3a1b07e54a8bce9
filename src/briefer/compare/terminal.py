"""A comparison for a terminal: what an editor must see first, then section by section."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from briefer.compare.report import Change, Comparison, Expected, Measured, PromptChange, SectionReport
from briefer.compare.wording import KINDS, effect_in_words, is_no_change, run_counts
from briefer.render.paper import Paper
from briefer.text import one_line, plural

# More than a screen of one kind is read in the page or the data.
_SHOWN = 8


def to_terminal(found: Comparison, *, width: int = 80, color: bool = False, unicode: bool = True) -> str:
    """Return a comparison as text, ending with a newline."""
    page = _Page(width, color, unicode)
    page.head(found)
    for section in found.sections:
        if not is_no_change(section):
            page.section(section, found)
    page.unchanged([section for section in found.sections if is_no_change(section)])
    page.expectations(found.expectations)
    page.costs(found.costs)
    return page.text()


class _Page(Paper):
    def head(self, found: Comparison) -> None:
        arrow = "→" if self.unicode else "->"
        self.put(f"{one_line(found.old.name)} {arrow} {one_line(found.new.name)}", style="bold")
        self.put(self.glyphs.dot.join(run_counts(found)), style="dim")
        for edit in found.prompts:
            self.put(f"{edit.name}: {_edit(edit)}", indent=2, hang=2, style="dim")
        self.blank()
        if found.alerts:
            for alert in found.alerts:
                self.put(f"{alert.message}.", hang=2, label="!", style="bold red")
            self.blank()
        self.put(found.verdict, style="bold")

    def section(self, section: SectionReport, found: Comparison) -> None:
        self.heading(section.title)
        self.put(section.verdict, indent=2)
        for kind, head in KINDS.items():
            told = [c for c in section.changes if c.kind == kind != "reworded" and c.steady]
            if told:
                self.changes(head, told, found)

    def changes(self, head: str, told: Sequence[Change], found: Comparison) -> None:
        self.blank()
        self.put(f"{head} ({len(told)})", indent=2, style="bold")
        lines = list(_by_place(told, found)) if told[0].kind.startswith("detail") else [_line(c, found) for c in told]
        for line in lines[:_SHOWN]:
            self.put(line, indent=2, hang=2, label=self.glyphs.bullet)
        if len(lines) > _SHOWN:
            self.put(f"and {len(lines) - _SHOWN} more: -o page.html or --format json has all", indent=4, style="dim")

    def unchanged(self, sections: Sequence[SectionReport]) -> None:
        if sections:
            self.heading("Within noise")
        for section in sections:
            told = section.verdict.partition(": ")[2]
            self.put(f"{section.title}{self.glyphs.dash}{told}", indent=2, hang=2)

    def expectations(self, expected: Sequence[Expected]) -> None:
        unmet = [e for e in expected if e.new_held < e.new_runs]
        if expected:
            self.heading("What is expected")
            self.put(f"{len(expected) - len(unmet)} of {len(expected)} met", indent=2)
        for wanted in unmet:
            held = f"old runs {wanted.old_held} of {wanted.old_runs}, new {wanted.new_held} of {wanted.new_runs}"
            asked = wanted.kind.replace("_", " ")
            self.put(f"{asked} “{wanted.text}”: {held}", indent=2, hang=2, label=self.glyphs.bullet)

    def costs(self, costs: Sequence[Measured]) -> None:
        told = [effect_in_words(cost) for cost in costs if cost.old != cost.new]
        if told:
            self.heading("What a briefing takes")
            self.put("; ".join(told), indent=2)


def _edit(edit: PromptChange) -> str:
    marks = [mark for mark, _ in edit.lines]
    return f"{plural(marks.count('-'), 'line')} out, {marks.count('+')} in"


def _line(change: Change, found: Comparison) -> str:
    statement = change.old or change.new
    said = statement.text if statement else ""
    tail = ""
    if change.kind == "withheld":
        tail = f" — {'; '.join(f'{note.code} {note.message}' for note in change.findings)}"
    elif change.kind == "moved":
        tail = f" — now in {change.detail}"
    elif change.kind == "credited":
        tail = f" — {change.detail}"
    return f"{_place(change, found)}{said}{tail}"


def _by_place(told: Sequence[Change], found: Comparison) -> Iterator[str]:
    details: dict[str, list[str]] = {}
    for change in told:
        details.setdefault(_place(change, found), []).append(change.detail)
    for place, written in details.items():
        yield f"{place}{'; '.join(written)}"


def _place(change: Change, found: Comparison) -> str:
    """Return outlet and story, as far as they are needed to tell one from another."""
    names = {story.id: story.name for story in found.stories}
    parts = [change.outlet] if change.outlet else []
    if len(found.stories) > 1:
        parts.append(names[change.story])
    return f"{', '.join(parts)}: " if parts else ""
