"""The single differences between old and new runs of one call."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from briefer.compare.cells import PAPERS, Cell, Cut, Line, Place
from briefer.compare.matching import carries, counterpart, elsewhere, struck
from briefer.compare.measures import Measure
from briefer.compare.noise import Effect
from briefer.compare.report import Change, ChangeKind
from briefer.sections import BY_KEY


@dataclass(frozen=True, slots=True)
class Call:
    """One call in all its runs: the briefings that it stands in, old and new."""

    story: str
    place: Place
    old: Sequence[Cut]
    new: Sequence[Cut]

    @property
    def old_cells(self) -> list[Cell]:
        """What the old runs gave here."""
        return [cut.by_place.get(self.place, Cell()) for cut in self.old]

    @property
    def new_cells(self) -> list[Cell]:
        """What the new runs gave here."""
        return [cut.by_place.get(self.place, Cell()) for cut in self.new]

    @property
    def same(self) -> bool:
        """Whether every new run printed and withheld what an old one did, word for word."""
        told = [(cell.texts, tuple(w.text for w in cell.withheld)) for cell in self.old_cells]
        return all((cell.texts, tuple(w.text for w in cell.withheld)) in told for cell in self.new_cells)


@dataclass(frozen=True, slots=True)
class SectionCalls:
    """A section's calls over all bundles, and what its measures show."""

    key: str
    calls: Sequence[Call]
    effects: Sequence[tuple[Measure, Effect]] = field(default=())

    @property
    def touched(self) -> bool:
        """Whether any call answered differently."""
        return not all(call.same for call in self.calls)


def changes(calls: Sequence[Call]) -> list[Change]:
    """Return the differences of calls, the gravest first: lost, withheld, moved, credited otherwise, gained."""
    touched = [call for call in calls if not call.same]
    found = [change for call in touched for kind in _KINDS for change in kind(call)]
    return sorted(found, key=lambda change: (_ORDER.index(change.kind), not change.steady))


_ORDER: tuple[ChangeKind, ...] = (
    "lost", "withheld", "moved", "credited", "detail_lost", "gained", "detail_gained", "reworded",
)  # fmt: skip


def _gone(call: Call) -> Iterator[Change]:
    first, *others = call.old_cells
    for line in first.lines:
        if any(carries(cell, line) for cell in call.new_cells):
            continue
        steady = all(carries(cell, line) for cell in others)
        withheld = next(filter(None, (struck(cell, line) for cell in call.new_cells)), None)
        to = next(filter(None, (elsewhere(cut, line, call.place) for cut in call.new)), None)
        if withheld:
            yield _change(call, "withheld", steady, old=line, detail=withheld.text, findings=withheld.findings)
        elif to:
            yield _change(call, "moved", steady, old=line, detail=named(to))
        else:
            yield _change(call, "lost", steady, old=line)


def _come(call: Call) -> Iterator[Change]:
    first, *others = call.new_cells
    for line in first.lines:
        steady = all(carries(cell, line) for cell in others)
        if not any(carries(cell, line) for cell in call.old_cells):
            yield _change(call, "gained", steady, new=line)


def _credited(call: Call) -> Iterator[Change]:
    """Yield sentences that stand in both, credited to other outlets or worded otherwise."""
    for line in call.old_cells[0].lines:
        now = counterpart(call.new_cells[0], line)
        if now is None or now.text == line.text:
            continue
        if call.place.section != PAPERS and not line.outlets & now.outlets:
            told = f"from {', '.join(sorted(line.outlets))} to {', '.join(sorted(now.outlets))}"
            yield _change(call, "credited", True, old=line, new=now, detail=told)
        else:
            yield _change(call, "reworded", True, old=line, new=now)


def _details(call: Call) -> Iterator[Change]:
    """Yield the figures, dates and quotations that only one side has, those that all its runs agree on apart."""
    old, new = ([cell.details for cell in cells] for cells in (call.old_cells, call.new_cells))
    pairs: tuple[tuple[ChangeKind, Any, Any], ...] = (("detail_lost", old, new), ("detail_gained", new, old))
    for kind, these, those in pairs:
        everywhere = set.intersection(*(set(found) for found in these))
        only = {key: raw for key, raw in these[0].items() if not any(key in found for found in those)}
        for steady in (True, False):
            told = [raw for key, raw in only.items() if (key in everywhere) is steady]
            if told:
                yield _change(call, kind, steady, detail="; ".join(told))


_KINDS = (_gone, _credited, _come, _details)


def _change(call: Call, kind: ChangeKind, steady: bool, *, old: Line | None = None, new: Line | None = None,
            **more: Any) -> Change:  # fmt: skip
    return Change(
        kind=kind,
        story=call.story,
        section=call.place.section,
        outlet=call.place.outlet or None,
        steady=steady,
        old=old.statement if old else None,
        new=new.statement if new else None,
        **more,
    )


def named(place: Place) -> str:
    """Return a place in words."""
    if place.outlet:
        return place.outlet
    return "the closing words" if place.closes else BY_KEY[place.section].title
