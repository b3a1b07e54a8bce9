"""A bound of a benchmark: the figure that was measured, and what it is held to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Bound:
    """A figure that is to be at least, or at most, so much."""

    what: str
    figure: float
    least: float | None = None
    most: float | None = None

    @property
    def met(self) -> bool:
        """Whether the figure keeps to it."""
        return (self.least is None or self.figure >= self.least) and (self.most is None or self.figure <= self.most)

    def __str__(self) -> str:
        limit = f"at most {self.most:.2f}" if self.least is None else f"at least {self.least:.2f}"
        return f"{self.what:<56}{self.figure:7.2f}   {limit}   {'ok' if self.met else 'MISSED'}"


def settle(bounds: Iterable[Bound]) -> int:
    """Print every bound with its figure, and return the exit code: 1 when one is missed."""
    missed = 0
    for bound in bounds:
        print(bound)
        missed += not bound.met
    return 1 if missed else 0
