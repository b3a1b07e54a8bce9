"""What a server can do, found out as a run would: two small calls through the door, and what of them it took."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from briefer.calls import Message, Request, Spent
from briefer.errors import BrieferError
from briefer.journal import Journal, Record, Status
from briefer.models.budget import Budget
from briefer.models.chat import spent_on
from briefer.models.endpoint import Endpoint
from briefer.models.features import Features, Shape
from briefer.models.known import Known
from briefer.models.limiter import Limiter
from briefer.models.openai import OpenAIModel, Shared
from briefer.models.prices import cost
from briefer.models.stream import is_stream
from briefer.models.till import Limits
from briefer.models.tokens import most_tokens, size_of

REPLY_TOKENS = 1000  # longest reply that is asked for: a word, but some models think before they say it
_SCHEMA = {
    "type": "object",
    "properties": {"colour": {"type": "string"}},
    "required": ["colour"],
    "additionalProperties": False,
}
_QUESTIONS = ("Which colour is snow?", "Which colour is coal?")
_LINES = 110  # of what both calls begin with: no provider keeps less than 1,024 tokens
_SENDS = 3  # each call once, once more where it is not followed, once more where it is cut


@dataclass(frozen=True, slots=True)
class Examined:
    """What came of the calls: `features` is what the server takes, `kept` what other runs may rely on.

    `failure` says why a reply cannot be used, `error` what ended the calls; both may be missing.
    """

    features: Features
    kept: Features
    records: tuple[Record, ...]
    failure: str = ""
    error: BrieferError | None = None

    @property
    def replies(self) -> list[Record]:
        """The good replies, in order: the first was asked for as a stream."""
        return [record for record in self.records if record.status is Status.OK]

    @property
    def refusals(self) -> int:
        """How many attempts the server refused; they cost nothing."""
        return sum(record.status is Status.HTTP for record in self.records)

    @property
    def is_ignored(self) -> bool:
        """Whether a schema was taken without a word and not followed."""
        return self.features.shape > self.kept.shape and self.features.shape is Shape.JSON

    @property
    def streams(self) -> bool:
        """Whether the first reply came piece by piece."""
        return any(is_stream(record.body) for record in self.replies[:1])

    def spent(self, reply: int) -> Spent:
        """Return what the server counted for one of the good replies; nothing where there is none."""
        return spent_on(self.replies[reply : reply + 1]) if reply < len(self.replies) else Spent(0, None, None, None)

    @property
    def answered(self) -> bool:
        """Whether anything at all came back."""
        return any(record.http for record in self.records)


def requests() -> list[Request]:
    """Return two requests that begin with the same text, which no earlier call began with."""
    lines = (f"{n}. This line only makes the request long enough to be kept." for n in range(1, _LINES + 1))
    shared = [
        Message(role="system", content=f"Answer briefly. Request {secrets.token_hex(8)}."),
        Message(role="user", content="\n".join(lines)),
    ]
    return [
        Request("doctor", None, "draft", [*shared, Message(role="user", content=question)], _SCHEMA, "", shared=2)
        for question in _QUESTIONS
    ]


def bound(model: str, base_url: str) -> tuple[Spent, float | None]:
    """Return what the calls take at most, and what that costs, None where the price is not known."""
    [size, _] = (size_of((m["content"] for m in request.messages), request.schema) for request in requests())
    calls = len(_QUESTIONS) * _SENDS
    most = Spent(calls, calls * most_tokens(size), 0, (calls + len(_QUESTIONS)) * REPLY_TOKENS)  # one twice as long
    return most, cost(model, most, base_url)


async def examine(endpoint: Endpoint) -> Examined:
    """Ask twice, from the strictest form of a request down. What ends the calls is in `error`, not raised."""
    most, _ = bound(endpoint.model, endpoint.base_url)
    limits = Limits(tokens=(most.input_tokens or 0) + (most.output_tokens or 0))
    with TemporaryDirectory(prefix="briefer-") as folder:
        known = Known(Path(folder) / "servers.json")
        journal = Journal.open(Path(folder) / "calls.jsonl")
        model = OpenAIModel(endpoint, journal, shared=Shared(Limiter(1), Budget(limits), known))
        failure, error = "", None
        try:
            failure = await _ask(model, requests())
        except BrieferError as caught:
            error = caught
        finally:
            await model.aclose()
            await journal.synced()  # what an error ended is counted as well
            journal.close()
        kept = known.get(endpoint.base_url, endpoint.model)
        return Examined(model.features, kept, tuple(journal.records), failure, error)


async def _ask(model: OpenAIModel, asked: Sequence[Request]) -> str:
    """Return why a reply cannot be used, "" where all can."""
    for request in asked:
        completion = await model.reply(request)
        if completion.failure:
            return completion.failure
    return ""
