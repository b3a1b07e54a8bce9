"""What is measured of each call's sentences, and in which words it is told."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from statistics import fmean

from briefer.checks.hedge_words import SAYS
from briefer.checks.lexicon import any_of
from briefer.compare.cells import Cell, Line, quotations
from briefer.compare.matching import missing
from briefer.compare.noise import Trial, losses, numbers
from briefer.text import fold, plain, words

_SAYS = any_of(SAYS)


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure: `key` in data, `noun` in a sentence; `lost` compares two runs, `count` tells one run's number.

    A `count` of None leaves the call out: there is nothing to count. `averaged`: over calls, not summed.
    """

    key: str
    noun: str
    averaged: bool = field(default=False, kw_only=True)
    lost: Callable[[Cell, Cell], float] | None = None
    count: Callable[[Cell], float | None] | None = None

    def trial(self, bundle: str, old: Sequence[Cell], new: Sequence[Cell]) -> Trial | None:
        """Return the trial of one call's old and new runs."""
        if self.lost:
            return losses(bundle, old, new, self.lost)
        counted = [self.count(cell) for cell in (*old, *new)] if self.count else []
        values = [value for value in counted if value is not None]
        if not counted or len(values) < len(counted):
            return None
        return numbers(bundle, values[: len(old)], values[len(old) :])


def _lost_lines(a: Cell, b: Cell) -> float:
    return len(missing(a, b))


def _lost_details(a: Cell, b: Cell) -> float:
    return len(a.details.keys() - b.details.keys())


def _words(cell: Cell) -> float:
    return sum(len(words(text)) for text in cell.texts)


def _words_a_sentence(cell: Cell) -> float | None:
    return _words(cell) / len(cell.lines) if cell.lines else None


def _quotations(cell: Cell) -> float:
    return sum(len(quotations(text)) for text in cell.texts)


def _led(cell: Cell) -> float | None:
    """Return the share of quotations that somebody is named for before they begin."""
    led = [leads for text in cell.texts for leads in _leads(fold(text))]
    return fmean(led) if led else None


def _leads(text: str) -> list[bool]:
    found = []
    for said in quotations(text):
        before = text[: text.find(said)]
        found.append(bool(_SAYS.search(before)))
    return found


def _copied(cell: Cell) -> float:
    """Return the longest run of words outside quotations that a cited sentence has too."""
    return max((_longest_run(line) for line in cell.lines), default=0)


def _longest_run(line: Line) -> int:
    own = [plain(w) for w in words(re.sub(r'"[^"]*"', " ▮ ", fold(line.text)))]
    longest = 0
    for cite in line.evidence:
        theirs = [plain(w) for w in words(fold(cite.text))]
        ends = [0] * (len(theirs) + 1)
        for word in own:
            ends = [0, *(ends[at] + 1 if other == word else 0 for at, other in enumerate(theirs))]
            longest = max(longest, *ends)
    return longest


def _inferences(cell: Cell) -> float:
    return sum(line.is_inference for line in cell.lines)


LOST = Measure("lost", "sentences lost", lost=_lost_lines)
GAINED = Measure("gained", "sentences gained", lost=lambda a, b: _lost_lines(b, a))
MEASURES: Sequence[Measure] = (
    LOST,
    GAINED,
    Measure("details_lost", "figures, dates and quotations lost", lost=_lost_details),
    Measure("details_gained", "figures, dates and quotations gained", lost=lambda a, b: _lost_details(b, a)),
    Measure("withheld", "sentences withheld", count=lambda cell: len(cell.withheld)),
    Measure("sentences", "sentences", count=lambda cell: len(cell.lines)),
    Measure("words", "words", count=_words),
    Measure("sentence_length", "words a sentence", count=_words_a_sentence, averaged=True),
    Measure("quotations", "quotations", count=_quotations),
    Measure("speaker_first", "quotations with their speaker before them", count=_led, averaged=True),
    Measure("copied_run", "longest copied run, in words", count=_copied, averaged=True),
    Measure("inferences", "sentences marked as inference", count=_inferences),
)


def phrase(text: str) -> Measure:
    """Return the measure of how often a phrase is printed."""
    wanted = re.compile(rf"(?<!\w){re.escape(fold(text).casefold())}(?!\w)")
    return Measure(
        f"phrase:{text}",
        f"“{text}”",
        count=lambda cell: sum(len(wanted.findall(fold(printed).casefold())) for printed in cell.texts),
    )


def trials(measure: Measure, cells: Mapping[str, Sequence[tuple[Sequence[Cell], Sequence[Cell]]]]) -> list[Trial]:
    """Return the trials of a measure: `cells` holds, by bundle, old and new runs of each call."""
    found = [measure.trial(bundle, old, new) for bundle, calls in cells.items() for old, new in calls]
    return [trial for trial in found if trial is not None]
