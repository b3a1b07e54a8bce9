"""Whether a difference goes beyond a prompt's own noise.

Two runs of one prompt differ. If the new prompt changed nothing, its runs are as good as further runs of the old one,
and for each call any of the runs could have been the new one: the p value is the share of such namings that give a
difference as large (a permutation test, exchanging runs within a call). The interval is a percentile bootstrap over
bundles, widened for their small number (Hesterberg 2015, "What teachers should know about the bootstrap").
"""

from __future__ import annotations

import math
import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from statistics import NormalDist, fmean
from typing import TypeVar

ALPHA = 0.05
_DRAWS = 4000
_EXACT = 4096

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Trial:
    """One call of one bundle: the difference under each naming of its runs, the true naming first.

    `within` is how much two runs of the old prompt differ; `old` and `new` are the values themselves.
    """

    bundle: str
    differences: tuple[float, ...]
    old: float
    new: float
    within: float = 0.0


@dataclass(frozen=True, slots=True)
class Effect:
    """A difference, summed over a bundle's calls (or averaged over them) and averaged over bundles.

    `low` and `high` bound it with 95 % confidence, None with one bundle; `p` is None where runs are too few to tell
    noise at all; `least` is the smallest p that so few runs can give.
    """

    difference: float
    old: float
    new: float
    noise: float
    low: float | None
    high: float | None
    p: float | None
    least: float


def losses(bundle: str, old: Sequence[_T], new: Sequence[_T], lost: Callable[[_T, _T], float]) -> Trial:
    """Return the trial of a loss: how much of the first run is not in the second, beyond what old runs lose."""
    runs = [*old, *new]
    table = [[lost(a, b) if a is not b else 0.0 for b in runs] for a in runs]

    def beyond(chosen: tuple[int, ...]) -> float:
        rest = [at for at in range(len(runs)) if at not in chosen]
        across = fmean(table[a][b] for a in rest for b in chosen)
        within = [table[a][b] for a in rest for b in rest if a != b]
        return across - (fmean(within) if within else 0.0)

    own = [table[a][b] for a in range(len(old)) for b in range(len(old)) if a != b]
    across = fmean(table[a][b] for a in range(len(old)) for b in range(len(old), len(runs)))
    within = fmean(own) if own else 0.0
    return Trial(bundle, tuple(map(beyond, _namings(len(old), len(new)))), within, across, within)


def numbers(bundle: str, old: Sequence[float], new: Sequence[float]) -> Trial:
    """Return the trial of a number: the mean of the new runs less that of the old ones."""
    runs = [*old, *new]

    def apart(chosen: tuple[int, ...]) -> float:
        rest = [value for at, value in enumerate(runs) if at not in chosen]
        return fmean(runs[at] for at in chosen) - fmean(rest)

    within = fmean(abs(a - b) for a, b in combinations(old, 2)) if len(old) > 1 else 0.0
    return Trial(bundle, tuple(map(apart, _namings(len(old), len(new)))), fmean(old), fmean(new), within)


def _namings(old: int, new: int) -> list[tuple[int, ...]]:
    true = tuple(range(old, old + new))
    return [true, *(chosen for chosen in combinations(range(old + new), new) if chosen != true)]


def effect(trials: Sequence[Trial], *, one_sided: bool, averaged: bool = False) -> Effect:
    """Return the effect that trials show; `one_sided` where only more counts as a change, as with losses.

    A bundle's figure is the sum over its calls; `averaged`, as lengths and shares are, their mean.
    """
    bundles = sorted({trial.bundle for trial in trials})
    of = fmean if averaged else sum
    by_bundle = [of([t.differences[0] for t in trials if t.bundle == bundle]) for bundle in bundles]
    calls = len(trials) if averaged else len(bundles)
    low, high = _interval(by_bundle)
    # Calls whose runs do not differ at all tell nothing, whichever is named the new one.
    telling = [t for t in trials if any(t.differences)]
    ways = math.prod(len(t.differences) for t in telling)
    # What one old run and one new one lose of each other says nothing about what two old ones would.
    known = any(len(t.differences) > 2 for t in trials) if one_sided else bool(trials)
    return Effect(
        difference=fmean(by_bundle),
        old=sum(t.old for t in trials) / calls,
        new=sum(t.new for t in trials) / calls,
        noise=sum(t.within for t in trials) / calls,
        low=low,
        high=high,
        p=_p(telling, ways, one_sided=one_sided) if known else None,
        least=max(1 / ways, 1 / _DRAWS) if known else 1.0,
    )


def beyond_noise(effects: Sequence[Effect]) -> list[bool]:
    """Return which effects are no noise, allowing for the number of questions asked (Benjamini and Hochberg 1995).

    Where nothing changed at all, one comparison in twenty says of anything that it did.
    """
    asked = sorted((e.p, at) for at, e in enumerate(effects) if e.p is not None)
    passed = [rank for rank, (p, _) in enumerate(asked, 1) if p * len(asked) <= ALPHA * rank]
    found = [False] * len(effects)
    for _, at in asked[: max(passed, default=0)]:
        found[at] = True
    return found


def _p(trials: Sequence[Trial], ways: int, *, one_sided: bool) -> float:
    def size(value: float) -> float:
        return value if one_sided else abs(value)

    seen = size(sum(t.differences[0] for t in trials)) - 1e-9
    if ways <= _EXACT:
        sums = [size(sum(values)) for values in product(*(t.differences for t in trials))]
        return sum(value >= seen for value in sums) / len(sums)
    draw = random.Random(0)
    hits = sum(size(sum(draw.choice(t.differences) for t in trials)) >= seen for _ in range(_DRAWS))
    return (hits + 1) / (_DRAWS + 1)


def _interval(values: Sequence[float]) -> tuple[float, float] | tuple[None, None]:
    count = len(values)
    if count < 2:
        return None, None
    tail = NormalDist().cdf(-math.sqrt(count / (count - 1)) * _t_quantile(count - 1))
    draw = random.Random(0)
    means = sorted(fmean(draw.choices(values, k=count)) for _ in range(_DRAWS))
    at = min(int(tail * _DRAWS), _DRAWS // 2 - 1)
    return means[at], means[-1 - at]


def _t_quantile(freedom: int) -> float:
    """Return the 97.5 % point of Student's t, by Cornish and Fisher's expansion; within 4 % from 2 degrees on."""
    z = NormalDist().inv_cdf(0.975)
    if freedom == 1:
        return 12.706
    terms = (
        (z**3 + z) / 4,
        (5 * z**5 + 16 * z**3 + 3 * z) / 96,
        (3 * z**7 + 19 * z**5 + 17 * z**3 - 15 * z) / 384,
    )
    return z + sum(term / float(freedom) ** power for power, term in enumerate(terms, 1))
