"""Any server that speaks OpenAI's chat completions: each reply is journaled before it is read."""

from __future__ import annotations

import asyncio
import copy
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING

from briefer.calls import Completion, Request
from briefer.journal import Journal, Record, Status
from briefer.models.answers import Answer, Asked, Rejected, Unanswerable, gave_up, meaning
from briefer.models.bodies import body_of
from briefer.models.budget import Budget
from briefer.models.chat import Reading, Remedy, completion_of, spent_on
from briefer.models.endpoint import Endpoint
from briefer.models.features import Features
from briefer.models.known import Known
from briefer.models.ladder import Ladder
from briefer.models.ledger import Entry, enter
from briefer.models.limiter import Limiter
from briefer.models.prefix import Prefixes
from briefer.models.retry import Again, Crowded, Sleep, Throttled, attempting
from briefer.models.tokens import REPLY_TOKENS, size_of

if TYPE_CHECKING:
    from briefer.models.wire import Wire

__all__ = ["Endpoint", "OpenAIModel", "Shared"]

# A reply that was cut is asked for with twice the limit, up to here: what is still cut then has run away.
_LONGEST = 32_768


@dataclass(frozen=True, slots=True)
class Shared:
    """What the models of a run share: how many calls run at a time, what all may take, what servers take.

    `asked` fills with the digests of the requests that are made, answered now or earlier.
    """

    limiter: Limiter
    budget: Budget = field(default_factory=Budget)
    known: Known = field(default_factory=Known)
    asked: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Call:
    """A request under its digest and its bytes; `begun` is called when its answer begins, where others wait for it."""

    request: Request
    key: str
    size: int
    begun: Callable[[], None] | None
    bodies: dict[tuple[Features, int | None], bytes] = field(default_factory=dict)


class OpenAIModel:
    """A model behind an HTTP endpoint. What the journal holds is served from there and never paid twice."""

    def __init__(
        self,
        endpoint: Endpoint,
        journal: Journal,
        *,
        repeat: int = 0,
        sleep: Sleep = asyncio.sleep,
        shared: Shared | None = None,
    ) -> None:
        """`repeat` tells runs of the same calls apart; `sleep` is what pauses between attempts."""
        shared = shared or Shared(Limiter(endpoint.concurrency, sleep))
        self._endpoint = endpoint
        self._journal = journal
        self._repeat = repeat
        self._sleep = sleep
        self.limiter = shared.limiter
        self._budget = shared.budget
        self._asked = shared.asked
        self._ladder = Ladder(endpoint, shared.known)
        self._prefixes = Prefixes()
        self._wire: Wire | None = None

    @property
    def name(self) -> str:
        """The model's name."""
        return self._endpoint.model

    @property
    def features(self) -> Features:
        """What the server takes, as far as this run knows."""
        return self._ladder.features

    @property
    def notes(self) -> list[str]:
        """Plain sentences about settings that the server did not take, and replies that were too many."""
        return self._ladder.notes

    async def reply(self, request: Request) -> Completion:
        """Answer one request, from the journal if it is there. `Completion.spent` is what all attempts took.

        Raises `NeedsPersonError`, `UnavailableError`, `InputError`, `BudgetError` or `StorageError` for what ends
        the run.
        """
        key = request.digest(self.name)
        self._asked.append(key)
        attempts = self._journal.attempts(key, self._repeat)
        held = completion_of(attempts, plain=request.plain)
        if held:
            enter(Entry(attempts[-1], held.spent, held=True))
            return held
        begun, overflow = await self._prefixes.turn(request), None
        call = _Call(request, key, _size(request), begun)
        self._body(call, self._ladder.features, self._endpoint.reply_tokens)  # not in the time of a slot
        try:
            async with self.limiter.slot():
                failure = await self._ask(call)
        except Unanswerable as refusal:
            failure, overflow = refusal.failure, refusal.overflow
        finally:
            if begun:
                begun()
        await self._journal.synced()  # the slot is free again: the server need not wait for this disk
        attempts = self._journal.attempts(key, self._repeat)
        answered = None if failure else completion_of(attempts, plain=request.plain)
        return answered or Completion("", spent_on(attempts), failure or "the reply cannot be used", overflow)

    def over(self, journal: Journal, repeat: int = 0) -> OpenAIModel:
        """Return this door with another journal; connections, limits and what is known of the server stay shared."""
        self._connected()
        other = copy.copy(self)
        other._journal, other._repeat, other._asked = journal, repeat, []
        return other

    async def aclose(self) -> None:
        """Close all connections; the journal is its owner's to close."""
        if self._wire is not None:
            await self._wire.aclose()
            self._wire = None

    async def _ask(self, call: _Call) -> str:
        """Call until there is a good reply in the journal, and return "", or why there is none."""
        limit = self._endpoint.reply_tokens
        left = {Remedy.AGAIN, Remedy.LONGER}  # each helps once
        while True:
            features = self._ladder.features
            try:
                reading = await self._send(call, features, limit)
            except Rejected as refusal:
                if self._ladder.rejected(features, refusal.words):
                    continue
                raise refusal.error from refusal
            remedy = Remedy.AGAIN if reading.remedy is Remedy.IGNORED else reading.remedy
            longer = _longer(limit, reading)
            if remedy not in left or (remedy is Remedy.LONGER and longer is None):
                return reading.completion.failure
            left.remove(remedy)
            if remedy is Remedy.LONGER:
                limit = longer
            elif reading.remedy is Remedy.IGNORED:
                self._ladder.ignored(features)

    async def _send(self, call: _Call, features: Features, limit: int | None) -> Reading:
        """Make attempts with one body, as many as the retry policy allows."""
        request, streamed = call.request, call.begun is not None and features.stream
        body = self._body(call, features, limit)
        tried = request.plain or self._ladder.is_tried
        asked = Asked(request.plain, streamed, limit, () if tried else tuple(request.schema.get("required", ())))
        longest = limit if limit is not None and features.limit else REPLY_TOKENS
        attempt = partial(self.limiter.fly, self._attempt, call, body, asked, longest)
        try:
            return await attempting(attempt, self._endpoint, self._sleep)
        except Again as failure:
            raise gave_up(failure, failure.tries, failure.waited, self._endpoint) from failure

    def _body(self, call: _Call, features: Features, limit: int | None) -> bytes:
        """Return the body of a call; it is made once for what the server takes and the limit of its reply."""
        if (features, limit) not in call.bodies:
            stream, heat = call.begun is not None and features.stream, self._endpoint.temperature
            made = body_of(call.request, self.name, features, limit=limit, temperature=heat, stream=stream)
            call.bodies[features, limit] = made
        return call.bodies[features, limit]

    async def _attempt(self, call: _Call, body: bytes, asked: Asked, longest: int) -> Reading:
        hold = await self._budget.hold(self.name, call.size, longest)
        sent = self._about_to_send(call)
        try:
            await self._journal.begin(sent)
        except BaseException:
            self._budget.settle(hold, replace(sent, status=Status.HTTP))  # nothing was sent
            raise
        answer, began = Answer(asked, call.begun), time.monotonic()
        try:
            await self._connected().post(body, answer)
        except Crowded:
            self.limiter.refused(began)
            raise
        finally:
            # Nothing is awaited here, so a cancelled call still leaves behind what has arrived.
            record = self._outcome(sent, answer, time.monotonic() - began)
            self._budget.settle(hold, record)
            self._journal.settle(record)
        try:
            reading = meaning(answer, self._endpoint)
        except Throttled as failure:
            self.limiter.refused(began, min(failure.after or 0.0, self._endpoint.max_wait))
            raise
        self.limiter.clean()
        self._ladder.counted(reading.replies)
        if reading.status is Status.OK and not asked.plain:
            self._ladder.followed()
        return reading

    def _about_to_send(self, call: _Call) -> Record:
        request = call.request
        return Record(
            key=call.key,
            repeat=self._repeat,
            section=request.section,
            outlet=request.outlet,
            round=request.round,
            model=self.name,
            at=_now(),
            status=Status.SENT,
            http=None,
            body=b"",
            seconds=0.0,
        )

    def _outcome(self, sent: Record, answer: Answer, seconds: float) -> Record:
        key, body = self._endpoint.key.encode(), bytes(answer.body)
        if answer.outcome is not Status.OK and len(key) >= 8:  # some servers repeat the key in an error
            body = body.replace(key, b"[key]")
        return replace(sent, at=_now(), status=answer.outcome, http=answer.status, body=body, seconds=round(seconds, 3))

    def _connected(self) -> Wire:
        if self._wire is None:
            from briefer.models.wire import Wire

            self._wire = Wire(self._endpoint)
        return self._wire


def _size(request: Request) -> int:
    return size_of((message["content"] for message in request.messages), request.schema)


def _longer(limit: int | None, reading: Reading) -> int | None:
    """Return the next limit for a reply that was cut; None if there is none, or it would be no longer."""
    held = limit or reading.completion.spent.output_tokens or _LONGEST
    return min(2 * held, _LONGEST) if held < _LONGEST else None


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="seconds")
