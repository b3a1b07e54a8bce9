"""Any server that speaks OpenAI's chat completions: each reply is journaled before it is read."""

from __future__ import annotations

import asyncio
import time
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from briefer.calls import Completion, Request
from briefer.journal import Journal, Record, Status
from briefer.models.answers import Answer, Unanswerable, Unsupported, gave_up, meaning
from briefer.models.budget import Budget
from briefer.models.chat import Reading, Remedy, Rung, body_of, completion_of, spent_on
from briefer.models.endpoint import Endpoint
from briefer.models.retry import Again, Garbled, Sleep, retrying

if TYPE_CHECKING:
    from briefer.models.wire import Wire

__all__ = ["Endpoint", "OpenAIModel"]


class OpenAIModel:
    """A model behind an HTTP endpoint. What the journal holds is served from there and never paid twice."""

    def __init__(
        self,
        endpoint: Endpoint,
        journal: Journal,
        *,
        repeat: int = 0,
        sleep: Sleep = asyncio.sleep,
        slots: asyncio.Semaphore | None = None,
        budget: Budget | None = None,
    ) -> None:
        """`repeat` tells runs of the same calls apart; `sleep` is what pauses between attempts; `slots` are shared by
        models that together make no more calls at a time than the endpoint allows, `budget` by all of a run."""
        self._endpoint = endpoint
        self._journal = journal
        self._repeat = repeat
        self._sleep = sleep
        self._slots = slots or asyncio.Semaphore(endpoint.concurrency)
        self._budget = budget or Budget()
        self._rung = Rung.SCHEMA
        self._wire: Wire | None = None

    @property
    def name(self) -> str:
        """The model's name."""
        return self._endpoint.model

    async def reply(self, request: Request) -> Completion:
        """Answer one request, from the journal if it is there. `Completion.spent` is what all attempts took.

        Raises `NeedsPersonError`, `UnavailableError`, `InputError`, `BudgetError` or `StorageError` for what ends
        the run.
        """
        key = request.digest(self.name)
        held = completion_of(self._journal.attempts(key, self._repeat), plain=request.plain)
        if held:
            return held
        async with self._slots:
            failure = await self._ask(request)
        attempts = self._journal.attempts(key, self._repeat)
        answered = None if failure else completion_of(attempts, plain=request.plain)
        return answered or Completion("", spent_on(attempts), failure or "the reply cannot be used")

    async def aclose(self) -> None:
        """Close all connections; the journal is its owner's to close."""
        if self._wire is not None:
            await self._wire.aclose()
            self._wire = None

    async def _ask(self, request: Request) -> str:
        """Call until there is a good reply in the journal, and return "", or why there is none."""
        limit, longer = self._endpoint.reply_tokens, False
        while True:
            rung = self._rung
            body = body_of(request, self.name, rung=rung, max_tokens=limit, temperature=self._endpoint.temperature)
            try:
                reading = await self._send(request, body)
            except Unsupported as refusal:
                if rung is Rung.PROMPT:
                    raise refusal.error from refusal
                self._rung = max(self._rung, Rung(rung + 1))  # other calls may have stepped down already
                continue
            except Unanswerable as refusal:
                return refusal.failure
            if reading.remedy is not Remedy.LONGER or limit is None or longer:
                return reading.completion.failure
            limit, longer = 2 * limit, True

    async def _send(self, request: Request, body: bytes) -> Reading:
        """Make attempts with one body, as many as the retry policy allows."""
        policy = retrying(self._endpoint, self._sleep)
        try:
            return await policy(self._attempt, request, body)
        except Again as failure:
            if isinstance(failure, Garbled) and failure.reading.remedy is Remedy.AGAIN:
                return failure.reading
            raise gave_up(failure, policy.statistics["attempt_number"], self._endpoint) from failure

    async def _attempt(self, request: Request, body: bytes) -> Reading:
        self._journal.ready()
        hold = await self._budget.hold(self.name, body)
        answer, began = Answer(plain=request.plain), time.monotonic()
        try:
            await self._connected().post(body, answer)
        finally:
            # Nothing is awaited here, so a cancelled call still leaves behind what has arrived.
            record = self._record(request, answer, time.monotonic() - began)
            self._journal.append(record)
            self._budget.settle(hold, record)
        return meaning(answer, self._endpoint)

    def _record(self, request: Request, answer: Answer, seconds: float) -> Record:
        key, body = self._endpoint.key.encode(), bytes(answer.body)
        if answer.outcome is Status.HTTP and len(key) >= 8:  # some servers repeat the key in an error
            body = body.replace(key, b"[key]")
        return Record(
            key=request.digest(self.name),
            repeat=self._repeat,
            section=request.section,
            outlet=request.outlet,
            round=request.round,
            model=self.name,
            at=datetime.now(UTC).isoformat(timespec="seconds"),
            status=answer.outcome,
            http=answer.status,
            body=body,
            seconds=round(seconds, 3),
        )

    def _connected(self) -> Wire:
        if self._wire is None:
            from briefer.models.wire import Wire

            self._wire = Wire(self._endpoint)
        return self._wire
