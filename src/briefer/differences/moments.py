"""One event, dated or timed differently: explicit dates and clock times, close together, in much the same words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from briefer.briefing import Disagreement
from briefer.bundle import Bundle
from briefer.dates import mentions
from briefer.differences.told import Report, Told, disagreement, reports
from briefer.figures import times_of_day
from briefer.stems import stems
from briefer.text import fold

# Measured on 40 roundups of three outlets and eight bundles: with these bounds one date was found, and it is
# right; with dates further apart, or fewer words in common, only captions and years read wrongly come in.
_DAYS_APART = 3
_MINUTES_APART = 30
_DATE_SHARE = 0.4
_TIME_SHARE = 0.5
_LONG_SHARE = 0.2
_LEAST_WORDS = 2
# Two hundred dates are an almanac, and each is compared with its neighbours only.
_NEAR = 12
_CAPTION = re.compile(r"\bphoto\b|\bpictured?\b|\bimages?\b|\bFILE\b|\bupdated\b|\bpublished\b", re.IGNORECASE)
_LOOSE = re.compile(
    r"\b(?:before|after|about|around|nearly|almost|by|due|scheduled|expected|planned|from|between|to|since)\s$"
)
_CLOCK = frozenset("am pm est edt gmt cet cest bst utc pst pdt local time updat".split())
_PLANNED = re.compile(r"\b(?:due|scheduled|expected|planned|supposed|told|said|statement)\b")


@dataclass(frozen=True, slots=True)
class _Moment:
    """A day (as its ordinal) or a minute of the day, what is told of it, and the words around it."""

    at: int
    told: Told
    words: frozenset[str]


def moments(bundle: Bundle) -> Iterator[Disagreement]:
    """Yield the dates and the clock times that two outlets give differently for one event."""
    given = list(reports(bundle))
    days = [moment for report in given for moment in _days(report)]
    yield from _apart(days, "date", _DAYS_APART, _DATE_SHARE)
    yield from _apart([moment for report in given for moment in _times(report)], "time", _MINUTES_APART, _TIME_SHARE)


def _days(report: Report) -> Iterator[_Moment]:
    """Days written with their number: a weekday alone may be resolved against a wrong day of publication."""
    if _CAPTION.search(report.text):
        return
    for mention in mentions(report.sentence.text, report.source.published):
        day = mention.days[0]
        if day.year and day.month and day.day and re.search(r"\d", mention.raw):
            at = date(day.year, day.month, day.day).toordinal()
            told = Told(mention.raw.rstrip(" .,"), at, report)
            yield _Moment(at, told, _words(report.text))


def _times(report: Report) -> Iterator[_Moment]:
    """Clock times that are neither planned nor about, with the words of their clause."""
    low = report.text.casefold()
    for figure in times_of_day(report.text):
        start = max(low.rfind(mark, 0, figure.start) for mark in (", ", "; ", ": ", '"'))
        ends = [at for mark in (", ", "; ", '"') if (at := low.find(mark, figure.end)) >= 0]
        clause = low[max(start, 0) : min(ends, default=len(low))]
        if not _LOOSE.search(low[: figure.start].rstrip() + " ") and not _PLANNED.search(clause):
            yield _Moment(int(figure.value), Told(figure.raw, figure.value, report), _words(clause))


def _words(text: str) -> frozenset[str]:
    return frozenset(w for w in stems(fold(text)) if not w[0].isdigit() and w not in _CLOCK)


def _apart(found: Iterable[_Moment], what: str, most: int, share: float) -> Iterator[Disagreement]:
    ordered = sorted(found, key=lambda m: m.at)
    known: dict[int, set[str]] = {}
    for moment in ordered:
        known.setdefault(moment.at, set()).add(moment.told.who)
    done: set[tuple[int, int]] = set()
    for at, first in enumerate(ordered):
        for second in ordered[at + 1 : at + 1 + _NEAR]:
            pair = (first.at, second.at)
            # An outlet that gives both moments tells of two events.
            if not 0 < second.at - first.at <= most or known[first.at] & known[second.at] or pair in done:
                continue
            shared = _shared(first, second, share)
            told = [m.told for m in ordered if m.at in pair and shared <= m.words]
            one = disagreement(f"The {what}: {_in_order(first, shared)}", "date", told) if shared else None
            if one:
                done.add(pair)
                yield one


def _shared(first: _Moment, second: _Moment, share: float) -> frozenset[str]:
    """Return the words that two moments have in common, if these are enough to speak of one event."""
    shared = first.words & second.words
    short, long = sorted((len(first.words), len(second.words)))
    return shared if len(shared) >= max(_LEAST_WORDS, share * short, _LONG_SHARE * long) else frozenset()


def _in_order(moment: _Moment, shared: frozenset[str]) -> str:
    words = [w for w in re.findall(r"[^\W\d_]+", moment.told.report.text) if set(stems(w)) & shared]
    return ", ".join(dict.fromkeys(w.casefold() if w.islower() else w for w in words[:4]))
