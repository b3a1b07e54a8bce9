"""A call to a model: what is asked, what comes back, what it took."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal, TypedDict

from briefer.memo import memo

_TOKEN = re.compile(r"c-[0-9a-f]{8}")


class Message(TypedDict):
    """One chat message, in the form of the chat completions API."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True)
class Request:
    """One call: `schema` is the wire schema that the reply's JSON must follow; without one it is plain text.

    `section`, `outlet` and `round` name the call in logs; `call` is the token that the reply
    must echo, so that a reply to another call is noticed. `shared` of the first messages are those of other calls too.
    """

    section: str
    outlet: str | None
    round: Literal["draft", "reshape", "repair", "closing", "judge"]
    messages: Sequence[Message]
    schema: Mapping[str, Any]
    call: str
    shared: int = 0

    @property
    def plain(self) -> bool:
        """Whether the reply is to be plain text and no JSON."""
        return not self.schema

    def digest(self, model: str) -> str:
        """Return the SHA-256 of the canonical request: model, messages and schema, nothing else."""
        told = ",".join(f'{{"content":{encoded(m["content"])},"role":"{m["role"]}"}}' for m in self.messages)
        rest = canonical_json({"model": model, "schema": self.schema})[1:]
        # The canonical JSON of all three, the articles in it encoded once for all calls that hold them.
        return hashlib.sha256(b'{"messages":[%s],%s' % (told.encode(), rest)).hexdigest()

    def is_crossed(self, echoed: str) -> bool:
        """Whether the token in a reply is another call's; what is no token at all says nothing."""
        return echoed != self.call and _TOKEN.fullmatch(echoed) is not None


@dataclass(frozen=True, slots=True)
class Spent:
    """What calls took, in tokens; None where a server did not say. `seconds` is the time of all attempts, added up."""

    calls: int = 0
    input_tokens: int | None = 0
    cached_tokens: int | None = 0
    output_tokens: int | None = 0
    maybe_billed: int = 0
    seconds: float = field(default=0.0, compare=False)

    def __add__(self, other: Spent) -> Spent:
        return Spent(
            self.calls + other.calls,
            _add(self.input_tokens, other.input_tokens),
            _add(self.cached_tokens, other.cached_tokens),
            _add(self.output_tokens, other.output_tokens),
            self.maybe_billed + other.maybe_billed,
            self.seconds + other.seconds,
        )


@dataclass(frozen=True, slots=True)
class Overflow:
    """A prompt that was too long: the tokens that the model's window has, and those of this prompt.

    None where the server does not say. `read` is what it read of a prompt that it cut without a word.
    """

    window: int | None = None
    prompt: int | None = None
    read: int | None = None


@dataclass(frozen=True, slots=True)
class Completion:
    """A model's answer: `text` to be parsed, or `failure`, one plain sentence why there is none.

    With an `overflow` the request was too long, and a shorter one may be answered.
    """

    text: str
    spent: Spent = Spent()
    failure: str = ""
    overflow: Overflow | None = None


def canonical_json(value: object) -> bytes:
    """Return JSON with sorted keys, no spaces and ASCII only: the form that is hashed and journaled."""
    return json.dumps(value, sort_keys=True, ensure_ascii=True, separators=(",", ":")).encode()


@memo(16)
def encoded(text: str) -> str:
    """Return a text as canonical JSON: a bundle's articles are most of each of its calls, and the same in all."""
    return json.dumps(text, ensure_ascii=True)


def _add(a: int | None, b: int | None) -> int | None:
    return None if a is None or b is None else a + b
