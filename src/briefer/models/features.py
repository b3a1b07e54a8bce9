"""What of the chat completions API a server takes: the ladder from the strictest form down, learnt by asking."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass, replace
from enum import IntEnum
from typing import Any


class Shape(IntEnum):
    """How the shape of a reply is asked for; a server that refuses or ignores one gets the next."""

    STRICT = 0  # response_format json_schema with strict, which OpenAI holds to the letter
    SCHEMA = 1  # response_format json_schema
    JSON = 2  # response_format json_object, the schema in the prompt
    PROMPT = 3  # the schema in the prompt alone


@dataclass(frozen=True, slots=True)
class Features:
    """What is sent: the best of everything, until a server says otherwise.

    `limit` names the field for the longest reply, "" where a server has none; `temperature` says whether one is sent,
    `stream` whether the call that warms a prefix may be streamed.
    """

    shape: Shape = Shape.STRICT
    limit: str = "max_tokens"
    temperature: bool = True
    stream: bool = True

    def after(self, words: str) -> Features | None:
        """Return what to send after a server rejected a request in these words; None if they name nothing of it."""
        unknown = _UNKNOWN.search(words) is not None
        if self.stream and unknown and _STREAM.search(words):
            return replace(self, stream=False)
        if self.temperature and unknown and "temperature" in words.lower():
            return replace(self, temperature=False)
        if unknown and self.limit and re.search(rf"\b{self.limit}\b", words):
            return replace(self, limit=_NEXT_LIMIT[self.limit])
        if self.shape < Shape.PROMPT and _FORMAT.search(words):
            return replace(self, shape=Shape(self.shape + 1))
        return None

    def ignored(self) -> Features:
        """Return what to send to a server that takes a schema without a word and does not follow it."""
        return replace(self, shape=max(self.shape, Shape.JSON))

    def as_json(self) -> dict[str, Any]:
        """Return plain values."""
        return asdict(self)

    @classmethod
    def from_json(cls, fields: Any) -> Features:
        """Read `as_json`'s; `ValueError`, `TypeError` or `KeyError` if it is something else."""
        if fields["limit"] not in _NEXT_LIMIT | {"": ""}:
            raise ValueError("no such field")
        flags = {name: bool(fields[name]) for name in ("temperature", "stream")}
        return cls(shape=Shape(fields["shape"]), limit=fields["limit"], **flags)


# OpenAI renamed the field; its newer models refuse the old name, older servers do not know the new one.
_NEXT_LIMIT = {"max_tokens": "max_completion_tokens", "max_completion_tokens": ""}
_UNKNOWN = re.compile(
    r"unsupported|(?:not|n't) (?:be )?(?:support|permit|allow|recogni)|unknown|unrecogni|unexpected|extra"
    r"|instead|only the default",
    re.I,
)
_STREAM = re.compile(r"stream_options|include_usage|\bstream", re.I)
_FORMAT = re.compile(r"response_format|json_schema|json_object|structured.output|grammar", re.I)
