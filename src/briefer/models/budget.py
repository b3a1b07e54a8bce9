"""What a run may take: each attempt is held at its worst before it is made, and settled after it by what was counted.

A call that could pass a limit waits for those under way, and is refused when none is left: so a run passes its limit
by no more than what its calls in flight took beyond their worst.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil

from briefer.calls import Spent
from briefer.errors import InputError
from briefer.journal import Record, Status
from briefer.models.chat import reply_text, spent_on
from briefer.models.ledger import Entry, enter
from briefer.models.prices import cost
from briefer.models.till import Amount, Counted, Limits, Till
from briefer.models.tokens import REPLY_TOKENS, most_tokens

# How much denser than the densest text that a model has counted in this run the next one may be.
_MARGIN = 1.15


@dataclass(frozen=True, slots=True)
class Hold:
    """An attempt's worst: `size` is what it sends, in bytes; `number` is that of its hold in the till."""

    model: str
    size: int
    worst: Spent
    amount: Amount
    number: int = 0


class Budget:
    """The limits of one run and what was taken of them, for all its models together."""

    def __init__(
        self,
        limits: Limits | None = None,
        base_url: str | None = None,
        models: Iterable[str] = (),
    ) -> None:
        """Raises InputError where a limit is in dollars and what a model costs is not known.

        A `till` that counts for other processes as well may be put in place of its own.
        """
        self.limits = limits = limits or Limits()
        self.till: Counted = Till(limits)
        self._base_url = base_url
        self._densest: dict[str, float] = {}
        for model in models:
            if limits.cost is not None and cost(model, Spent(1, 1000, 0, 1000), base_url) is None:
                raise InputError(
                    f"the price of {model} at this address is not known, so a limit in dollars cannot be held",
                    hint="use --max-tokens (max_tokens) in place of --max-cost (max_cost)",
                )

    @property
    def has_limit(self) -> bool:
        """Whether there is anything to hold."""
        return self.limits != Limits()

    def worth(self, records: Sequence[Record], largest: int) -> Amount:
        """Return what recorded calls took; what nobody counted is taken for a call of `largest` bytes at its worst."""
        took = (taken(record, self._held(record.model, largest, REPLY_TOKENS)) for record in records)
        return sum((self._amount(each.record.model, each) for each in took), Amount())

    def count(self, amount: Amount) -> None:
        """Count what earlier runs took."""
        self.till.count(amount)

    async def hold(self, model: str, size: int, reply_tokens: int) -> Hold:
        """Reserve the worst that an attempt can take, as soon as there is room for it. Raises BudgetError.

        It sends `size` bytes of text and schema, and its reply is at most so many tokens long.
        """
        while True:
            hold = self._held(model, size, reply_tokens)
            if not self.has_limit:
                return hold
            number = await self.till.take(hold.amount)
            if number is not None:
                return replace(hold, number=number)

    def settle(self, hold: Hold, record: Record) -> None:
        """Put what an attempt took in place of what was held for it."""
        counted = spent_on([record]).input_tokens
        if counted and hold.size:
            self._densest[hold.model] = max(counted / hold.size, self._densest.get(hold.model, 0.0))
        took = taken(record, hold)
        if self.has_limit:
            self.till.give(hold.number, self._amount(hold.model, took))
        enter(took)

    def _held(self, model: str, size: int, reply_tokens: int) -> Hold:
        density = self._densest.get(model)
        sent = most_tokens(size) if density is None else ceil(size * density * _MARGIN)
        worst = Spent(1, sent, 0, reply_tokens)
        return Hold(model, size, worst, self._priced(model, worst))

    def _amount(self, model: str, took: Entry) -> Amount:
        return self._priced(model, took.spent)

    def _priced(self, model: str, spent: Spent) -> Amount:
        tokens = (spent.input_tokens or 0) + (spent.output_tokens or 0)
        priced = cost(model, spent, self._base_url) if self.limits.cost is not None and tokens else None
        return Amount(tokens, priced or 0.0)


def taken(record: Record, hold: Hold) -> Entry:
    """Return what an attempt took: errors nothing; what was broken off, its worst; the rest as counted.

    Where the server did not count, its input is taken at the worst and its reply by its bytes.
    """
    if record.status is Status.HTTP:
        return Entry(record, Spent())
    if record.status is Status.UNKNOWN:
        return Entry(record, replace(hold.worst, maybe_billed=1), estimated=True)
    spent = spent_on([record])
    if spent.input_tokens is not None and spent.output_tokens is not None:
        return Entry(record, spent)
    sent = hold.worst.input_tokens if spent.input_tokens is None else spent.input_tokens
    told = spent.output_tokens
    if told is None:  # of a streamed reply its words, not the events around each of them
        told = most_tokens(len(reply_text(record.body).encode("utf-8", "replace")))
    return Entry(record, Spent(1, sent, spent.cached_tokens, told), estimated=True)
