"""What a run would take, without a call: every request of its first round, rendered and measured.

Where a request depends on replies, the articles' own sentences stand in for them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from briefer.assembly import left_out
from briefer.bundle import Bundle
from briefer.calls import Completion, Request, Spent
from briefer.drafting import Desk
from briefer.fitting import Fitting, Window
from briefer.flow import drafts, in_order
from briefer.judge import foreseen
from briefer.models.extract import Extract
from briefer.models.prices import cost
from briefer.models.tokens import REPLY_TOKENS, likely_tokens, most_tokens, size_of
from briefer.prompts import Prompts
from briefer.sections import SECTIONS, Section

# As in the five recorded stories: the mean reply in tokens (reasoning, which some models bill as well, comes on top),
# and the share of calls whose reply goes back, 12 of 53.
TYPICAL_REPLY = 440
SENT_BACK = 0.25
# What is repeated is cheaper from this many tokens on, at OpenAI as at others.
_CACHED_FROM = 1024


@dataclass(frozen=True, slots=True)
class Names:
    """Who would be asked, where, and for how long a reply; `reply_tokens` is None where the server decides."""

    model: str
    judge: str | None
    base_url: str
    reply_tokens: int | None = None


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the first round: `size` in bytes, `shared` those that an earlier call begins with as well."""

    request: Request
    model: str
    size: int
    shared: int

    @property
    def characters(self) -> int:
        """The characters of its messages."""
        return sum(len(message["content"]) for message in self.request.messages)

    def least(self) -> Spent:
        """Return what it takes once, with a common reply and a server that keeps what earlier calls began with."""
        held = likely_tokens(self.shared)
        return Spent(1, likely_tokens(self.size), held if held >= _CACHED_FROM else 0, TYPICAL_REPLY)

    def likely(self) -> Spent:
        """Return what it takes with a common reply, and its share of the replies that go back; nothing is cached."""
        return Spent(1, likely_tokens(round(self.size * (1 + SENT_BACK))), 0, TYPICAL_REPLY)

    def most(self, reply: int) -> Spent:
        """Return what it takes if its reply is as long as it may be and goes back once, with as much said about it."""
        sent = most_tokens(self.size)
        again = sent if self.request.round == "judge" else sent + 2 * reply
        return Spent(2, sent + again, 0, 2 * reply)


@dataclass(frozen=True, slots=True)
class Total:
    """What calls take together; `cost` is None where a price is not known."""

    spent: Spent
    cost: float | None


@dataclass(frozen=True, slots=True)
class Forecast:
    """The calls of the first round, in the order of print, the judge's last.

    `left_out` are plain sentences about what the model's window does not hold.
    """

    names: Names
    calls: tuple[Call, ...]
    left_out: tuple[str, ...] = ()

    @property
    def reply_tokens(self) -> int:
        """The longest reply reckoned with."""
        return self.names.reply_tokens or REPLY_TOKENS

    @property
    def least(self) -> Total:
        """Every call once, and what calls share is read once where the server keeps it."""
        return self._total([call.least() for call in self.calls])

    @property
    def likely(self) -> Total:
        """Replies of common length, a quarter of them sent back, nothing cached."""
        return self._total([call.likely() for call in self.calls])

    @property
    def most(self) -> Total:
        """Every reply as long as it may be, and every call made again with its reply and what is wrong with it."""
        return self._total([call.most(self.reply_tokens) for call in self.calls])

    def _total(self, each: Sequence[Spent]) -> Total:
        costs = [cost(call.model, spent, self.names.base_url) for call, spent in zip(self.calls, each, strict=True)]
        known = [amount for amount in costs if amount is not None]
        return Total(sum(each, Spent()), sum(known) if len(known) == len(costs) else None)


class _Rehearsal:
    """A model that notes what it is asked and answers with the articles' own sentences."""

    def __init__(self, name: str, bundle: Bundle) -> None:
        self.name = name
        self.asked: list[Request] = []
        self._floor = Extract(bundle)

    async def reply(self, request: Request) -> Completion:
        if request.round in ("draft", "closing"):
            self.asked.append(request)
        return await self._floor.reply(request)


async def forecast(
    bundle: Bundle,
    prompts: Prompts,
    names: Names,
    sections: Sequence[Section] = SECTIONS,
    window: Window | None = None,
) -> Forecast:
    """Return what drafting these sections would take, and judging them if there is a judge.

    Raises InputError where no part of the articles fits `window`.
    """
    model = _Rehearsal(names.model, bundle)
    desk = Desk(bundle, prompts, model, fitting=Fitting(window or Window()))
    parts = in_order([part async for part in drafts(desk, sections)], desk, sections)
    verdicts = [verdict for part in parts for verdict in part.verdicts]
    calls: list[Call] = []
    for request in sorted(model.asked, key=lambda r: [s.key for s in sections].index(r.section)):
        calls.append(_call(request, names.model, calls))
    if names.judge:
        for request in foreseen(verdicts, bundle, prompts, names.judge):
            calls.append(_call(request, names.judge, []))
    return Forecast(names, tuple(calls), tuple(remark.message for remark in left_out(parts, "would be")))


def _call(request: Request, model: str, earlier: Sequence[Call]) -> Call:
    size = size_of((message["content"] for message in request.messages), request.schema)
    shared = max((_shared(request, call.request) for call in earlier), default=0)
    return Call(replace(request, messages=tuple(request.messages)), model, size, shared)


def _shared(one: Request, other: Request) -> int:
    """Return the bytes of the schema and the whole messages with which both begin."""
    if one.schema != other.schema:
        return 0
    same = []
    for mine, theirs in zip(one.messages, other.messages, strict=False):
        if mine != theirs:
            break
        same.append(mine["content"])
    return size_of(same, one.schema) if same else 0
