"""What a raw reply of the chat completions API holds: strict, and pure.

A reply is read strictly before anything else touches it. The SDK's own parser would return a `str`
for HTML, `None` for `null` and the last of two equal keys, all without a word.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Any

from briefer.calls import Completion, Spent
from briefer.journal import Record, Status
from briefer.memo import memo
from briefer.models.stream import is_stream, joined
from briefer.strict import read_json, sole_object

_ABSURD_TOKENS = 100_000_000
# A model that a grammar keeps from ending fills its limit with white space; a longer limit only costs more.
_WHITE_RUN = " " * 200
CUT = "the reply was cut at its length limit"


class Remedy(StrEnum):
    """What may still help after a reply that cannot be used."""

    NONE = "none"  # nothing: use it, or report its failure
    LONGER = "longer"  # a higher length limit
    AGAIN = "again"  # the same call once more, then its failure stands
    IGNORED = "ignored"  # the schema was not followed: once more with it in the prompt
    RESEND = "resend"  # the same call once more, then the server is at fault
    WAIT = "wait"  # not a model's answer: as with any server error
    STOP = "stop"  # the server is at fault for every call
    ERROR = "error"  # an error inside a good status: `Reading.error`


@dataclass(frozen=True, slots=True)
class Reading:
    """What a raw reply holds: its journal status, the completion, what may still help, how many replies there are."""

    status: Status
    completion: Completion
    remedy: Remedy = Remedy.NONE
    error: Mapping[str, Any] = field(default_factory=dict)
    replies: int = 1


def read_completion(raw: bytes) -> Completion:
    """Return what a raw reply holds; one that cannot be used has a `failure` and no text."""
    return read_reply(raw).completion


def completion_of(attempts: Sequence[Record], *, plain: bool = False) -> Completion | None:
    """Return the good reply that a call's recorded attempts end with, and what all of them took; else None."""
    if not attempts or attempts[-1].status is not Status.OK:
        return None
    completion = read_reply(attempts[-1].body, plain=plain).completion
    return None if completion.failure else replace(completion, spent=spent_on(attempts))


def spent_on(attempts: Sequence[Record]) -> Spent:
    """Return what recorded attempts took: errors no tokens, broken-off ones perhaps."""
    spent = Spent(seconds=sum(record.seconds for record in attempts))
    for record in attempts:
        if record.status is Status.UNKNOWN:
            spent += Spent(maybe_billed=1)
        elif record.status is not Status.HTTP:
            spent += read_reply(record.body).completion.spent
    return spent


def reply_text(raw: bytes) -> str:
    """Return the words of a raw reply, usable or not; the raw text where it holds none."""
    return read_reply(raw, plain=True).completion.text or raw.decode("utf-8", "replace")


@memo(4)  # a reply is read when it is recorded, when its meaning is taken, and when it is counted
def read_reply(raw: bytes, *, plain: bool = False) -> Reading:
    """Read the raw body of a successful answer; `plain` says that text was asked for, and no JSON object.

    Never raises: what is wrong with it is in the `Reading`.
    """
    try:
        envelope = joined(raw) if is_stream(raw) else read_json(raw.decode("utf-8-sig"))
    except ValueError:
        return _not_json(raw)
    if not isinstance(envelope, dict):
        return _malformed("the server's answer is not a chat completion")
    if envelope.get("error"):
        error = envelope["error"]
        fields = error if isinstance(error, dict) else {"message": str(error)}
        failure = Completion("", failure="the server answered with an error")
        return Reading(Status.HTTP, failure, Remedy.ERROR, fields)
    spent = _spent(envelope.get("usage"))
    choices = envelope.get("choices")
    choice = choices[0] if isinstance(choices, list) and choices else None
    message = choice.get("message") if isinstance(choice, dict) else None
    if not isinstance(choice, dict) or not isinstance(message, dict):
        return _malformed("the server's answer holds no reply", spent)
    reading = _read_message(message, choice.get("finish_reason"), spent, plain)
    return replace(reading, replies=len(choices)) if isinstance(choices, list) and len(choices) > 1 else reading


def _read_message(message: Mapping[str, Any], finish: object, spent: Spent, plain: bool) -> Reading:
    def failed(status: Status, failure: str, remedy: Remedy = Remedy.NONE) -> Reading:
        return Reading(status, Completion("", spent, failure), remedy)

    content, refused = _content(message.get("content"))
    if refused or message.get("refusal"):
        return failed(Status.REFUSED, "the model refused")
    if finish == "content_filter":
        return failed(Status.REFUSED, "the provider's content filter stopped the reply")
    if finish == "length":
        endless = _WHITE_RUN in content.translate(_WHITE)
        return failed(Status.TRUNCATED, CUT, Remedy.NONE if endless else Remedy.LONGER)
    if not content.strip():
        return failed(Status.EMPTY, "the reply is empty", Remedy.AGAIN)
    text = content if plain else sole_object(content)
    if text is None:
        return failed(Status.MALFORMED, "the reply is not one JSON object", Remedy.AGAIN)
    return Reading(Status.OK, Completion(text, spent))


_WHITE = dict.fromkeys(map(ord, "\t\n\r"), " ")


def _content(content: object) -> tuple[str, bool]:
    """Return the text of a message's content, a string or a list of parts, and whether a part is a refusal."""
    if isinstance(content, str):
        return content, False
    parts = [part for part in content if isinstance(part, dict)] if isinstance(content, list) else []
    texts = [part.get("text") for part in parts if part.get("type") in ("text", "output_text")]
    refused = any(part.get("type") == "refusal" for part in parts)
    return "".join(text for text in texts if isinstance(text, str)), refused


def _spent(usage: object) -> Spent:
    fields = usage if isinstance(usage, dict) else {}
    details = fields.get("prompt_tokens_details")
    cached = _tokens(details.get("cached_tokens")) if isinstance(details, dict) else None
    if cached is None:  # DeepSeek's own name
        cached = _tokens(fields.get("prompt_cache_hit_tokens"))
    asked = _tokens(fields.get("prompt_tokens"))
    if cached is not None and asked is not None and cached > asked:
        cached = None
    return Spent(1, asked, cached, _tokens(fields.get("completion_tokens")))


def _tokens(value: object) -> int | None:
    plausible = isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= _ABSURD_TOKENS
    return value if plausible and isinstance(value, int) else None


def unasked_stream() -> Reading:
    """Return the reading of a stream that nobody asked for."""
    return _malformed("the server streams, though it was asked not to", remedy=Remedy.STOP)


def follows(reading: Reading, required: Collection[str]) -> Reading:
    """Return the reading, or one that says so if its object lacks what the schema requires: it was ignored."""
    if reading.remedy is Remedy.AGAIN and reading.status is Status.MALFORMED:
        return replace(reading, remedy=Remedy.IGNORED)
    if reading.status is not Status.OK:
        return reading
    held = json.loads(reading.completion.text)
    missing = next((name for name in required if name not in held), None)
    if missing is None:
        return reading
    completion = Completion("", reading.completion.spent, f"the reply has no “{missing}”")
    return Reading(Status.MALFORMED, completion, Remedy.IGNORED)


def at_limit(reading: Reading, limit: int | None) -> Reading:
    """Return the reading, or one that says that it was cut, for servers that do not say so themselves."""
    spent = reading.completion.spent
    if reading.status is not Status.OK or limit is None or (spent.output_tokens or 0) < limit:
        return reading
    return Reading(Status.TRUNCATED, Completion("", spent, CUT), Remedy.LONGER)


def _not_json(raw: bytes) -> Reading:
    if raw[:1000].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        failure = Completion("", failure="the server's answer is HTML, not JSON: is a proxy in between?")
        return Reading(Status.HTTP, failure, Remedy.WAIT)
    if is_stream(raw):
        return _malformed("the server's stream breaks off or cannot be read")
    return _malformed("the server's answer is not JSON" if raw.strip() else "the server's answer is empty")


def _malformed(failure: str, spent: Spent | None = None, remedy: Remedy = Remedy.RESEND) -> Reading:
    return Reading(Status.MALFORMED, Completion("", spent or Spent(1, None, None, None), failure), remedy)
