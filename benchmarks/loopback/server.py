"""A quick server for benchmarks, in a process of its own: `python -m loopback.server [TAPE ...]` prints its port.

What is before `/v1` in the base URL says how it answers:

    /fixed/50   the same reply after 50 ms
    /model/1    as a provider with a cache of prefixes: time for what is not cached, then time for the reply;
                `/model/1000` is a thousand times as fast
    /story/50   a reply made of the articles' own sentences, after 50 ms
    /story/50/5 the same, but for 5 of 100 calls: those are refused, broken off or answered with something else
    /bomb/256   256 MB out of a small compressed body
    /endless    a body without end

`GET /counts` returns what was counted since the last time, and forgets all warm prefixes.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

from .answers import FAULTS, HEAD_OF_ENDLESS, HEAD_OF_STREAM, WHOLE, Tokens, bomb, completion, endless, stream, whole
from .prefixes import Prefixes, prompt_of, tokens_of
from .replies import Replies

PREFILL = 10_000.0  # tokens a second; such a model's first byte after 5,000 tokens comes in half a second
DECODE = 400.0  # tokens a second; some four times as fast as such models are, so that a run is not all waiting
LENGTH = 450  # tokens that a reply is taken to have at least: about the mean of the recorded ones of a section
_HEAD_END = b"\r\n\r\n"
_LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
_STREAMED = re.compile(rb'"stream": ?true')
_TEXT = json.dumps({"call": "", "headline": {"text": "", "cites": []}, "blocks": [
    {"heading": "", "date": "", "statements": [
        {"text": f"A statement of some ninety characters, as replies to a section hold them, number {n}.",
         "kind": "reported", "cites": ["A1.1", "A2.3"]} for n in range(8)]}], "open_questions": []})  # fmt: skip


@dataclass(slots=True)
class Counts:
    """What was asked: calls, those streamed, those that got something else than a reply, and tokens of the others."""

    calls: int = 0
    streamed: int = 0
    faults: int = 0
    prompt: int = 0
    cached: int = 0
    output: int = 0
    milliseconds: int = 0  # from the first call to a story to the last answer


class Site:
    """What all connections share."""

    def __init__(self, tapes: list[Path]) -> None:
        self.replies = Replies(tapes)
        self.prefixes = Prefixes()
        self.counts = Counts()
        self.first = 0.0
        self.refused: Counter[bytes] = Counter()  # how often each call got a fault
        fixed: Tokens = (4000, 0, tokens_of(_TEXT))
        self.fixed = completion(_TEXT, fixed)
        self.fixed_stream = HEAD_OF_STREAM + b"".join(stream(_TEXT, fixed))

    def counted(self) -> bytes:
        """Return the counts as an answer, and begin again."""
        counts, self.counts, self.prefixes = self.counts, Counts(), Prefixes()
        return whole(asdict(counts))


class Connection(asyncio.Protocol):
    """One client's connection; a request that comes before the last one is answered waits in the buffer."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self._held = bytearray()
        self._loop = asyncio.get_running_loop()
        self._room = asyncio.Event()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep what to write to."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        self._room.set()

    def pause_writing(self) -> None:
        """The client reads slower than is written."""
        self._room.clear()

    def resume_writing(self) -> None:
        """It has caught up."""
        self._room.set()

    def data_received(self, data: bytes) -> None:
        """Answer a request once all of it is there."""
        self._held += data
        head_end = self._held.find(_HEAD_END)
        if head_end < 0:
            return
        head = bytes(self._held[:head_end])
        length = _LENGTH.search(head)
        end = head_end + len(_HEAD_END) + (int(length[1]) if length else 0)
        if len(self._held) < end:
            return
        body = bytes(self._held[head_end + len(_HEAD_END) : end])
        del self._held[:end]
        self._answer(head.split(b" ", 2)[1].decode(), body)

    def _answer(self, path: str, body: bytes) -> None:
        kind, _, rest = path.strip("/").partition("/")
        number = int(rest.split("/")[0]) if rest[:1].isdigit() else 0
        match kind:
            case "fixed":
                self._fixed(number / 1000, body)
            case "model":
                self._model(body, number or 1)
            case "story":
                faults = rest.split("/")[1]
                self._story(number / 1000, int(faults) if faults.isdigit() else 0, body)
            case "bomb":
                self._write(bomb(number))
            case "endless":
                self._pouring = self._loop.create_task(self._pour(endless()))
            case _:
                self._write(self._site.counted())

    def _fixed(self, seconds: float, body: bytes) -> None:
        self._site.counts.calls += 1
        answer = self._site.fixed_stream if _STREAMED.search(body) else self._site.fixed
        if seconds:
            self._loop.call_later(seconds, self._write, answer)
        else:
            self._write(answer)

    def _model(self, raw: bytes, speed: int) -> None:
        body = json.loads(raw)
        prompt, text, streamed = prompt_of(body), self._site.replies.answer(body), body.get("stream") is True
        tokens = (tokens_of(prompt), self._site.prefixes.cached(prompt), max(LENGTH, tokens_of(text)))
        counts = self._site.counts
        counts.calls += 1
        counts.streamed += streamed
        counts.prompt += tokens[0]
        counts.cached += tokens[1]
        counts.output += tokens[2]
        seconds = tokens[2] / DECODE / speed

        def begin() -> None:
            """The prompt is computed: from here on its prefix is warm, and the reply is written."""
            self._site.prefixes.warm(prompt)
            if streamed:
                self._drip(list(stream(text, tokens)), seconds)
            else:
                self._loop.call_later(seconds, self._write, completion(text, tokens))

        self._loop.call_later((tokens[0] - tokens[1]) / PREFILL / speed, begin)

    def _story(self, seconds: float, faults: int, raw: bytes) -> None:
        body, counts = json.loads(raw), self._site.counts
        prompt, text = prompt_of(body), self._site.replies.answer(body)
        self._site.first = now = self._loop.time() if not counts.calls else self._site.first
        counts.milliseconds = round(1000 * (self._loop.time() + seconds - now))
        counts.calls += 1
        call = hashlib.blake2b(raw, digest_size=8).digest()
        drawn = random.Random(call + bytes([self._site.refused[call]]))
        if drawn.random() * 100 < faults:
            self._site.refused[call] += 1
            counts.faults += 1
            self._loop.call_later(seconds, self._fail, drawn.choice(FAULTS))
            return
        tokens = (tokens_of(prompt), self._site.prefixes.cached(prompt), tokens_of(text))
        counts.prompt += tokens[0]
        counts.cached += tokens[1]
        counts.output += tokens[2]
        self._site.prefixes.warm(prompt)
        streamed = body.get("stream") is True
        answer = HEAD_OF_STREAM + b"".join(stream(text, tokens)) if streamed else completion(text, tokens)
        self._loop.call_later(seconds, self._write, answer)

    def _fail(self, answer: bytes) -> None:
        self._write(answer)
        if not answer.endswith(WHOLE):
            self._transport.close()

    def _drip(self, chunks: list[bytes], seconds: float) -> None:
        """Write the first chunk now, the last one when the time is up."""
        self._write(HEAD_OF_STREAM + chunks[0])
        for n, chunk in enumerate(chunks[1:], 1):
            self._loop.call_later(seconds * n / (len(chunks) - 1), self._write, chunk)

    async def _pour(self, chunks: Iterator[bytes]) -> None:
        self._write(HEAD_OF_ENDLESS)
        for chunk in chunks:
            await self._room.wait()
            if self._transport.is_closing():
                return
            self._write(chunk)
            await asyncio.sleep(0)

    def _write(self, data: bytes) -> None:
        if not self._transport.is_closing():
            self._transport.write(data)


async def _serve(tapes: list[Path]) -> None:
    site = Site(tapes)
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Connection(site), "127.0.0.1", 0, backlog=1024)
    print(server.sockets[0].getsockname()[1], flush=True)
    # Whoever started it holds the other end: it never outlives a benchmark that was killed.
    await loop.run_in_executor(None, sys.stdin.read)
    os._exit(0)


if __name__ == "__main__":
    asyncio.run(_serve([Path(tape) for tape in sys.argv[1:]]))
