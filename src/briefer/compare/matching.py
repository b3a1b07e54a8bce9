"""Which sentences of one run another run carries: by the evidence they share first, by their words second."""

from __future__ import annotations

from briefer.briefing import Withheld
from briefer.compare.cells import Cell, Cut, Line, Place
from briefer.stems import stems

# Sentences on the same evidence tell the same thing if this share of the cited sentences is common, and
_EVIDENCE = 0.5
# some of the words: one cited sentence can carry two things.
_SOME_WORDS = 0.3
# On other evidence nearly all content words have to be there.
_MOST_WORDS = 0.65


def carries(cell: Cell, line: Line) -> bool:
    """Whether what a sentence says stands in a cell, in one sentence or spread over those on the same evidence."""
    related = [other for other in cell.lines if other.cites & line.cites]
    cited = frozenset().union(*(other.cites for other in related))
    said = frozenset().union(*(other.stems for other in related))
    on_same = len(line.cites & cited) >= _EVIDENCE * len(line.cites)
    if related and on_same and _share(line.stems, said) >= _SOME_WORDS:
        return True
    return any(_share(line.stems, other.stems) >= _MOST_WORDS for other in cell.lines)


def missing(cell: Cell, other: Cell) -> list[Line]:
    """Return the sentences of `cell` that `other` does not carry."""
    return [line for line in cell.lines if not carries(other, line)]


def elsewhere(cut: Cut, line: Line, place: Place) -> Place | None:
    """Return another place of a briefing that carries a sentence."""
    return next((at for at, cell in cut.by_place.items() if at != place and carries(cell, line)), None)


def counterpart(cell: Cell, line: Line) -> Line | None:
    """Return the sentence of a cell that tells the same, the nearest by words."""
    found = [other for other in cell.lines if carries(Cell((other,)), line)]
    return max(found, key=lambda other: _share(line.stems, other.stems), default=None)


def struck(cell: Cell, line: Line) -> Withheld | None:
    """Return the withheld sentence of a cell that says what `line` says."""
    for withheld in cell.withheld:
        if _share(line.stems, frozenset(stems(withheld.text, line.language))) >= _MOST_WORDS:
            return withheld
    return None


def _share(part: frozenset[str], whole: frozenset[str]) -> float:
    return len(part & whole) / len(part) if part else 1.0
