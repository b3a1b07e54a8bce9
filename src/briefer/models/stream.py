"""A streamed answer, put together again: server-sent events in, one chat completion out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from briefer.calls import canonical_json
from briefer.strict import read_json

_HEADS = (b"data:", b"event:", b"id:", b"retry:", b":")
# The first piece of a reply, thought or said: from here on the server has read the whole prompt.
_BEGUN = re.compile(rb'"(?:content|reasoning|reasoning_content|refusal)"\s*:\s*"[^"]')


def is_stream(raw: bytes) -> bool:
    """Whether an answer is a stream of events and no JSON document."""
    return raw[:100].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_HEADS)


def has_begun(raw: bytes | bytearray) -> bool:
    """Whether what has arrived of an answer holds the beginning of a reply."""
    return _BEGUN.search(raw) is not None


def joined(raw: bytes) -> dict[str, Any]:
    """Return the chat completion that the chunks of a stream add up to; an error in it is returned as it is.

    Raises `ValueError` where a chunk cannot be read, or the stream ends before its reply does.
    """
    texts: dict[str, list[str]] = {"content": [], "refusal": []}
    finish, usage, ended = None, None, False
    for chunk in _chunks(raw):
        if chunk is None:
            ended = True
            continue
        if chunk.get("error"):
            return chunk
        usage = chunk.get("usage") or usage
        for choice in _first_choice(chunk):
            finish = choice.get("finish_reason") or finish
            delta = choice.get("delta")
            for name, parts in texts.items():
                piece = delta.get(name) if isinstance(delta, dict) else None
                if isinstance(piece, str):
                    parts.append(piece)
    if finish is None and not ended:
        raise ValueError("the stream ends before its reply does")
    message = {"role": "assistant", **{name: "".join(parts) or None for name, parts in texts.items()}}
    return {"choices": [{"index": 0, "message": message, "finish_reason": finish}], "usage": usage}


def whole(raw: bytes) -> bytes:
    """Return a stream as the one plain answer that its chunks add up to; what is none, or cannot be read, as it is."""
    if not is_stream(raw):
        return raw
    try:
        return canonical_json({"object": "chat.completion", **joined(raw)})
    except ValueError:
        return raw


def _chunks(raw: bytes) -> Iterator[dict[str, Any] | None]:
    """Yield the data of each event, None for the mark that ends the stream (the events of HTML 9.2.6, data only)."""
    for line in re.split(r"\r\n|\n|\r", raw.decode("utf-8-sig")):
        name, _, value = line.partition(":")
        if name != "data":
            continue
        if value.strip() == "[DONE]":
            yield None
            continue
        chunk = read_json(value)
        if not isinstance(chunk, dict):
            raise ValueError("a chunk is not an object")
        yield chunk


def _first_choice(chunk: dict[str, Any]) -> list[dict[str, Any]]:
    choices = chunk.get("choices")
    found = choices[:1] if isinstance(choices, list) else []
    return [choice for choice in found if isinstance(choice, dict) and not choice.get("index")]
