"""HTTP answers in bytes: a chat completion at once, as a stream, as a bomb, without end."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from functools import cache
from typing import Any

_MODEL = "loopback"
Tokens = tuple[int, int, int]  # of the prompt, of it cached, of the reply

_CHUNKED = b"HTTP/1.1 200 OK\r\nContent-Type: %s\r\nTransfer-Encoding: chunked\r\n\r\n"
HEAD_OF_STREAM = _CHUNKED % b"text/event-stream"
HEAD_OF_ENDLESS = _CHUNKED % b"application/json"
WHOLE = b"\r\n"  # what an answer ends with that leaves its connection open
_HEAD = b"HTTP/1.1 %s\r\nContent-Type: %s\r\nContent-Length: %d\r\n%s\r\n"
_ERROR = b'{"error":{"message":"not now","type":"server_error"}}\r\n'
# What a provider under load, or something in between, answers in place of a reply.
FAULTS = (
    _HEAD % (b"429 Too Many Requests", b"application/json", len(_ERROR), b"Retry-After: 0\r\n") + _ERROR,
    _HEAD % (b"500 Internal Server Error", b"application/json", len(_ERROR), b"") + _ERROR,
    _HEAD % (b"503 Service Unavailable", b"application/json", len(_ERROR), b"Retry-After: 0\r\n") + _ERROR,
    _HEAD % (b"502 Bad Gateway", b"text/html", 19, b"Connection: close\r\n") + b"<html>sorry</html>\n",
    _HEAD % (b"200 OK", b"application/json", 1000, b"") + b'{"id":"chatcmpl-loopback","choices":[{"ind',  # cut
    b"",  # closes without a word
)
_BEGUN = b'{"choices":[{"index":0,"finish_reason":"stop","message":{"role":"assistant","content":"'


def whole(value: object) -> bytes:
    """Return an answer that holds `value` as JSON."""
    body = json.dumps(value).encode()
    return b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n" % len(body) + body


def completion(text: str, tokens: Tokens) -> bytes:
    """Return a chat completion."""
    message = {"role": "assistant", "content": text, "refusal": None}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
    return whole({**_frame("chat.completion"), "choices": [choice], "usage": _usage(tokens)})


def stream(text: str, tokens: Tokens, pieces: int = 16) -> Iterator[bytes]:
    """Yield the chunks of a streamed chat completion, its usage in the last one; the head is `HEAD_OF_STREAM`."""
    size = max(1, -(-len(text) // pieces))
    for start in range(0, len(text), size):
        yield _event({"role": "assistant", "content": text[start : start + size]})
    last = {**_frame("chat.completion.chunk"), "choices": [], "usage": _usage(tokens)}
    yield _event({}, "stop") + _chunk(b"data: %s\n\n" % json.dumps(last).encode())
    yield _chunk(b"data: [DONE]\n\n") + b"0\r\n\r\n"


@cache
def bomb(megabytes: int) -> bytes:
    """Return a completion of so many megabytes, a thousandth of that on the wire."""
    packer = zlib.compressobj(9, wbits=31)
    packed = packer.compress(_BEGUN)
    for _ in range(megabytes):
        packed += packer.compress(b"a" * 2**20)
    packed += packer.compress(b'"}}]}') + packer.flush()
    head = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
    return head % len(packed) + packed


def endless() -> Iterator[bytes]:
    """Yield the chunks of a completion that never ends; the head is `HEAD_OF_ENDLESS`."""
    yield _chunk(_BEGUN)
    more = _chunk(b"a" * 65536)
    while True:
        yield more


def _event(delta: dict[str, str], finish: str | None = None) -> bytes:
    choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
    event = {**_frame("chat.completion.chunk"), "choices": [choice], "usage": None}
    return _chunk(b"data: %s\n\n" % json.dumps(event).encode())


def _chunk(data: bytes) -> bytes:
    return b"%x\r\n%s\r\n" % (len(data), data)


def _frame(kind: str) -> dict[str, Any]:
    return {"id": "chatcmpl-loopback", "object": kind, "created": 1_767_225_600, "model": _MODEL}


def _usage(tokens: Tokens) -> dict[str, Any]:
    prompt, cached, reply = tokens
    return {
        "prompt_tokens": prompt,
        "completion_tokens": reply,
        "total_tokens": prompt + reply,
        "prompt_tokens_details": {"cached_tokens": cached},
    }
