"""F: is every figure of the claim in its evidence, with its unit, its scale and fair rounding?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefer.briefing import Claim
from briefer.checks.calculation import is_calculated
from briefer.checks.dates import is_year_told
from briefer.checks.evidence import Evidence, ones
from briefer.checks.hours import is_clock_time
from briefer.checks.listed import counts_what_is_listed
from briefer.checks.rates import is_period
from briefer.checks.ratios import is_quarter, is_share
from briefer.checks.support import is_told_freely
from briefer.checks.told_days import named_days
from briefer.checks.units import compatible, is_same_bound, matches, normal, on_other_sides
from briefer.checks.working import times_told, worked_out
from briefer.dates import blank
from briefer.figure import Figure
from briefer.figure_words import ENGLISH
from briefer.findings import Finding
from briefer.text import fold

_IN_FULL = {
    "more": "more than", "less": "less than", "fewer": "fewer than", "at": "at least", "up": "up to", "most": "at most"
}  # fmt: skip
# The first word of "up to", "at least", "as many as", and what says as much in a claim.
_BOUNDS = frozenset({"up", "at", "as"})
# What rose by as much as 1.8% did rise by it.
_REACHED = re.compile(r"\bby as (?:much|many) as\s$")
_BOUNDED = re.compile(
    r"\b(?:most|maximum|limit\w*|peak\w*|high|top|low|bottom|trough|ceiling|cap|capped|minimum|least|no more|no fewer"
    r"|no less|exceed\w*|reach\w*|even|over|as \w+ as|than|from|to|or|before|within|earlie\w*|briefly"
    r"|upper|lower|threshold|until)\b"
)
_BOUNDED_BEHIND = re.compile(
    r"\+|[\s\w]{0,25}?(?:\bor so\b|,? ?\bor (?:more|over|fewer|less|under|longer|later|higher|better|worse|beyond)\b"
    r"|\b(?:the least|the most|the minimum|the maximum|a floor|a ceiling|plus)\b|,? at (?:least|most)\b)"
)
# "The authority's number two."
_NO_COUNT = re.compile(r"\bnumber $")
# What stands before a count that says nothing new.
_DEFINITE = re.compile(r"\b(?:the|these|those|both|neither of the) $")
# "A seven-figure sum".
_LONG = re.compile(r"[\s-](?:figures?|digits?)\b")
# "Nobody had more than four seconds": at most four.
_DENIED = re.compile(r"\b(?:no|nobody|none|never|not|nothing|neither|without|\w+n't)\b")
# A claim in the words of its evidence has worked nothing out: its figure is another.
_OWN_WORDS = 0
# How many sentences away a figure or date is still pointed to.
_CLOSE_BY = 6


def figures_are_there(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """F301, F302, F304: every figure stands in the cited sentences, or follows from two that do."""
    if claim.kind == "extract" or not evidence.cited:
        return
    for figure in (*evidence.own, *_bounded_ones(evidence)):
        if figure.unit == "" and (is_year_told(figure, claim, evidence) or counts_what_is_listed(figure, evidence)):
            continue
        if is_period(figure, evidence):
            continue
        if not _NO_COUNT.search(figure.ahead(evidence.said.casefold())) and not _is_zero_mark(figure, evidence):
            yield from _judge(figure, claim, evidence)


def _is_zero_mark(figure: Figure, evidence: Evidence) -> bool:
    """Whether "zero" is the mark on a scale: three degrees below zero."""
    return not figure.value and figure.ahead(evidence.said.casefold()).endswith((" below ", " above "))


def _bounded_ones(evidence: Evidence) -> list[Figure]:
    """ "Less than an hour", "more than a year" in the claim, where the evidence counts time at all."""
    said = [one for one in ones(blank(evidence.said)) if one.about]
    counted = said and any(normal(f).unit in ("min", "month", "time") for f in evidence.figures)
    return said if counted else []


def bounds_are_kept(claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    """W501: what is "up to" or "at least" so much in the evidence is not just so much in the claim."""
    if claim.kind != "reported" or not evidence.cited:
        return
    for figure in evidence.own:
        same = [f for f in evidence.figures if f.value == figure.value and f.unit == figure.unit]
        said = fold(evidence.said).casefold()
        bounded = _BOUNDED.search(said[max(0, figure.start - 30) : figure.start])
        bounded = bounded or _BOUNDED_BEHIND.match(said, figure.end)
        if same and all(_is_bound(f, evidence) for f in same) and not figure.about and not bounded:
            told = f"{evidence.where} says “{same[0].about} {'to ' * (same[0].about == 'up')}… {same[0].raw}”"
            yield Finding("W501", f"{told}; keep the bound on “{figure.raw}”")
            return


def _is_bound(figure: Figure, evidence: Evidence) -> bool:
    """Whether a figure of the evidence is only the most or the least of something."""
    peak = any(_REACHED.search(figure.ahead(text)) and figure.raw in text.casefold() for text in evidence.texts)
    return figure.about in _BOUNDS and figure.unit != "time" and not peak


def _judge(figure: Figure, claim: Claim, evidence: Evidence) -> Iterator[Finding]:
    known, where, text = evidence.figures, evidence.where, fold(claim.text).casefold()
    if _is_there(figure, evidence, text) or worked_out(figure, evidence):
        return
    turned = next((f for f in known if on_other_sides(figure, f)), None)
    if turned and _DENIED.search(text):
        return
    same = next((f for f in known if f.value == figure.value), None)
    digits = next((f for f in known if _digits(f) == _digits(figure) and f.value != figure.value), None)
    close = next((f for f in known if compatible(figure, f) and _close(figure, f) and figure.about), None)
    if turned:
        yield Finding("F304", f"{where} says “{_shown(turned)}”, not “{_shown(figure)}”")
    elif same or (digits and figure.value > 12):
        yield Finding(
            "F302", f"“{figure.raw}” has another unit or scale than “{(same or digits or figure).raw}” in {where}"
        )
    elif close:
        yield Finding("F304", f"“{_shown(figure)}” is no fair rounding of “{close.raw}” in {where}")
    elif not (is_told_freely(evidence, _OWN_WORDS) and is_calculated(figure, times_told(figure, evidence.counts))):
        yield Finding("F301", f"the number “{figure.raw}” is not in {where}{_nearby_figure(figure, evidence)}")


def _shown(figure: Figure) -> str:
    return f"{_IN_FULL.get(figure.about, figure.about)} {figure.raw}".strip()


def _is_there(figure: Figure, evidence: Evidence, text: str) -> bool:
    """Whether the evidence has a figure, in these or in other words."""
    known = evidence.figures
    if (
        any(matches(figure, f) or is_same_bound(figure, f) for f in known)
        or is_share(figure, known)
        or is_quarter(figure, known)
    ):
        return True
    if figure.about == "few" and any(figure.value < f.value < 10 * figure.value and not f.unit for f in known):
        return True
    if any(_has_digits(f, figure) for f in known) and _LONG.match(text, figure.end):
        return True
    return (
        is_clock_time(figure, text, known)
        or _is_known_group(figure, evidence, text)
        or _is_day_of_month(figure, evidence, text)
    )


def _is_known_group(figure: Figure, evidence: Evidence, text: str) -> bool:
    """Whether "the two aircraft", "neither of the two" names what a sentence close by counts."""
    small = not figure.unit and figure.raw in ENGLISH and _DEFINITE.search(figure.ahead(text))
    near = (f for s in evidence.around(_CLOSE_BY) for f in evidence.figures_of(s)) if small else ()
    return any(f.value == figure.value and not f.unit for f in near)


def _has_digits(known: Figure, count: Figure) -> bool:
    """Whether a figure is of so many digits: 2.4 million of seven."""
    return len(str(int(known.value))) == count.value


def _is_day_of_month(figure: Figure, evidence: Evidence, text: str) -> bool:
    """Whether "the 11th" is a day that the evidence names by its weekday or its date."""
    dated = figure.unit == "nth" and figure.raw[0].isdigit() and figure.ahead(text).endswith(" the ")
    return dated and any(day.day == figure.value for day in named_days(evidence))


def _digits(figure: Figure) -> str:
    return "".join(filter(str.isdigit, figure.raw)).strip("0")


def _close(a: Figure, b: Figure) -> bool:
    return bool(b.value) and abs(a.value - b.value) <= b.value / 4


def _nearby_figure(figure: Figure, evidence: Evidence) -> str:
    """Name the uncited sentence close by that has the figure: most often it was meant to be cited."""
    for sentence in evidence.around(_CLOSE_BY):
        if any(matches(figure, f) for f in evidence.figures_of(sentence)):
            return f"; {sentence.id} has it"
    return ""
