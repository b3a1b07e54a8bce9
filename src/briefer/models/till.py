"""What was taken of a run's limits, and what is held for attempts under way."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from itertools import count
from typing import Protocol

from briefer.errors import BudgetError
from briefer.models.prices import dollars


@dataclass(frozen=True, slots=True)
class Limits:
    """What a run may take, in tokens (in and out) and in US dollars; None for no limit."""

    tokens: int | None = None
    cost: float | None = None


@dataclass(frozen=True, slots=True)
class Amount:
    """Tokens, in and out together, and US dollars."""

    tokens: int = 0
    cost: float = 0.0

    def __add__(self, other: Amount) -> Amount:
        return Amount(self.tokens + other.tokens, self.cost + other.cost)


class Counted(Protocol):
    """Where amounts are held and settled: a till of this process, or one that many processes share."""

    spent: Amount

    async def take(self, amount: Amount) -> int | None:
        """Hold an amount and return its number; None if there may be room now that there was none before.

        Raises BudgetError where there will be none.
        """

    def give(self, number: int, took: Amount) -> None:
        """Put what was taken in place of what was held."""

    def count(self, amount: Amount) -> None:
        """Count what earlier runs took."""


class Till:
    """The till of one run, for all its models together."""

    def __init__(self, limits: Limits, spent: Amount | None = None) -> None:
        """`spent` is what was taken before."""
        self._limits = limits
        self.spent = spent or Amount()
        self._holds: dict[int, tuple[Amount, str]] = {}
        self._numbers = count(1)
        self._freed = asyncio.Event()
        self._refusal: BudgetError | None = None

    async def take(self, amount: Amount, owner: str = "") -> int | None:
        """Hold an amount for somebody as soon as there is room, as `Counted.take`."""
        if self._refusal is None and self._fits(amount):
            number = next(self._numbers)
            self._holds[number] = amount, owner
            return number
        if not self._holds:
            # Whoever asks after this one is refused as well: a call begun now would be broken off.
            self._refusal = self._refusal or self._refused(amount)
            raise self._refusal
        await self._freed.wait()
        return None

    def give(self, number: int, took: Amount) -> None:
        """Put what was taken in place of what was held."""
        if self._holds.pop(number, None):
            self.count(took)
            self._freed.set()
            self._freed = asyncio.Event()

    def lose(self, owner: str) -> None:
        """Count all that is held for somebody who is gone: it may have been taken."""
        for number in [number for number, held in self._holds.items() if held[1] == owner]:
            self.give(number, self._holds[number][0])

    def count(self, amount: Amount) -> None:
        """Count what was taken elsewhere."""
        self.spent += amount

    def _fits(self, amount: Amount) -> bool:
        tokens, dollars_ = self._limits.tokens, self._limits.cost
        if tokens is None and dollars_ is None:
            return True
        then = sum((held for held, _ in self._holds.values()), self.spent + amount)
        return (tokens is None or then.tokens <= tokens) and (dollars_ is None or then.cost <= dollars_)

    def _refused(self, next_: Amount) -> BudgetError:
        tokens, limit = self._limits.tokens, self._limits.cost
        spent = self.spent
        if limit is not None and spent.cost + next_.cost > limit:
            told = f"spent {dollars(spent.cost)} of {dollars(limit)}; the next call may take {dollars(next_.cost)}"
            option = "--max-cost"
        else:
            told = f"spent {spent.tokens:,} of {tokens or 0:,} tokens; the next call may take {next_.tokens:,}"
            option = "--max-tokens"
        return BudgetError(
            f"the budget ends here: {told}",
            hint=f"run the same command with a higher {option}: it goes on where it stopped",
            safe="every reply that came is in the run folder and is not paid again",
        )
