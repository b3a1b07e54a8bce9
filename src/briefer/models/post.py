"""A model that is asked by post: what a journal holds is answered, all else is written down to be sent together.

Providers take files of requests at half the price and answer within a day. A round holds what can be asked without
waiting for an answer: first all drafts, then what has to be asked again, then the closing words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from briefer.calls import Completion, Request
from briefer.fitting import Fitting, Window
from briefer.journal import Journal, Record, Status
from briefer.models.answered import fitting_over
from briefer.models.bodies import body_of
from briefer.models.budget import Budget
from briefer.models.chat import completion_of, read_reply, spent_on
from briefer.models.endpoint import Endpoint
from briefer.models.features import Features
from briefer.models.limiter import Limiter
from briefer.models.openai import Shared

_WAITS = "waits for an answer"
# A reply that cannot be used is asked for once more, one that was cut with twice the limit. A request that failed or
# expired costs a round and no money.
_UNUSABLE = 2
_FAILED = 4
_LIMIT = 4096


@dataclass(frozen=True, slots=True)
class Letter:
    """One request to be sent: its place in a journal and its body for the chat completions API."""

    journal: Journal
    repeat: int
    key: str
    model: str
    request: Request
    body: bytes


@dataclass(slots=True)
class Correspondence:
    """The doors of a batch that is asked by post: `send` takes each letter, `waiting` counts the last bundle's."""

    endpoint: Endpoint
    names: Sequence[str]
    send: Callable[[Letter], None]
    waiting: int = 0
    shared: Shared = field(default_factory=lambda: Shared(Limiter(1), Budget()))
    notes: Sequence[str] = ()

    def over(self, journal: Journal, repeat: int = 0) -> list[Correspondent]:
        """Return the models of one bundle."""
        self.waiting = 0
        return [Correspondent(self, name, journal, repeat) for name in self.names]

    @contextmanager
    def fitting(self, journal: Journal, repeat: int = 0) -> Iterator[Fitting]:
        """Yield what fits the window that the endpoint gives; one learnt from an answer would come too late."""
        window = Window(self.endpoint.window, self.endpoint.reply_tokens)
        yield fitting_over(window, [journal], self.names[0], repeat=repeat)

    async def aclose(self) -> None:
        """There is no connection to close."""


class Correspondent:
    """One model of one bundle."""

    def __init__(self, post: Correspondence, name: str, journal: Journal, repeat: int) -> None:
        """`post` takes what the journal does not hold."""
        self._post = post
        self._name = name
        self._journal = journal
        self._repeat = repeat

    @property
    def name(self) -> str:
        """The model's name."""
        return self._name

    async def reply(self, request: Request) -> Completion:
        """Return the recorded reply; without one, send a letter and say that its answer is waited for."""
        key = request.digest(self._name)
        attempts = self._journal.attempts(key, self._repeat)
        held = completion_of(attempts, plain=request.plain)
        if held:
            return held
        failure = self._failure(attempts)
        if failure:
            return Completion("", spent_on(attempts), failure)
        # Closing words are made of the accounts: as long as one is on its way they would be made of others.
        if request.round != "closing" or not self._post.waiting:
            body = body_of(
                request,
                self._name,
                Features(),
                limit=_limit(self._post.endpoint.reply_tokens, attempts),
                temperature=self._post.endpoint.temperature,
            )
            self._post.send(Letter(self._journal, self._repeat, key, self._name, request, body))
        self._post.waiting += 1
        return Completion("", failure=_WAITS)

    def _failure(self, attempts: Sequence[Record]) -> str:
        """Return why a request is not sent again, "" if it is."""
        unusable = [record for record in attempts if record.status is not Status.HTTP]
        if len(unusable) >= _UNUSABLE:
            return read_reply(unusable[-1].body).completion.failure or "the reply cannot be used"
        if len(attempts) >= _FAILED:
            return f"the provider's batch failed it {len(attempts)} times"
        return ""


def _limit(limit: int | None, attempts: Sequence[Record]) -> int | None:
    cut = any(record.status is Status.TRUNCATED for record in attempts)
    return 2 * (limit or _LIMIT) if cut else limit
