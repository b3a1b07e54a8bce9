"""F: how a figure that the evidence does not print is worked out of those that it has, and of which."""

from __future__ import annotations

import re
from dataclasses import replace

from briefer.checks.derived import equals, follows
from briefer.checks.evidence import Evidence
from briefer.checks.rates import follows_by_time, lasts_at_a_rate
from briefer.checks.ratios import is_ratio
from briefer.checks.relations import related
from briefer.checks.spans import is_span
from briefer.checks.told_days import claimed_days, days_of, named_days
from briefer.checks.units import matches, normal
from briefer.dates import blank
from briefer.figures import Figure, figures

_TWO = 2
_RATIOS = ("x", "part", "%")
# "Its 63rd birthday" is 63 years after the first day.
_ANNIVERSARY = re.compile(r"\s(?:birthday|anniversary|year|jubilee)\b")


def worked_out(figure: Figure, evidence: Evidence) -> bool:
    """Whether a figure of the claim follows from the cited sentences, in one step or as a share of such a step."""
    said = evidence.said.casefold()
    if operands(figure, evidence) or _is_span(figure, evidence, said):
        return True
    told = (*follows_by_time(said, evidence), *related(evidence, said), *lasts_at_a_rate(evidence))
    return any(equals(figure, *each) for each in told) or _is_share_of_own(figure, evidence, said)


def operands(figure: Figure, evidence: Evidence) -> tuple[Figure, ...]:
    """Return the known figures of which a figure of the claim is made up, as they were written or `normal`."""
    known, said = evidence.counts, evidence.said.casefold()
    counts = tuple(map(normal, known))
    found = follows(figure, said, known, evidence.texts)
    if not found and (normal(figure), counts) != (figure, known):
        found = follows(normal(figure), said, counts, evidence.texts)
    return found


def _is_share_of_own(figure: Figure, evidence: Evidence, said: str) -> bool:
    """Whether a share is that of a figure which the claim has worked out itself: 25 of 71, a third."""
    if figure.unit not in _RATIOS:
        return False
    own = [f for f in figures(blank(evidence.said), evidence.bundle.language) if f.unit not in ("x", "part")]
    made = [f for f in own if f.start != figure.start and not any(matches(f, k) for k in evidence.figures)]
    return any(is_ratio(figure, said, *map(normal, pair)) for m in made for k in evidence.counts for pair in [(m, k)])


def _is_span(figure: Figure, evidence: Evidence, said: str) -> bool:
    """Whether the figure is the time between two days that are named, or between one and the day of publication."""
    counted = normal(figure)
    if figure.unit == "nth" and _ANNIVERSARY.match(said, figure.end):
        counted = normal(replace(figure, unit="year"))
    named = named_days(evidence)
    # Where two are named the claim is about these: up to the day of publication only an exact time is no chance.
    every = [*days_of(evidence), *claimed_days(evidence)]
    return is_span(counted, named) or is_span(counted, every, room=len(set(named)) < _TWO)
