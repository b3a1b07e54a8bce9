"""A scriptable HTTP server on loopback, on raw sockets, so that it can do what no proper server would.

    def test_it(loopback: Loopback) -> None:
        loopback.script(reply(429, headers={"Retry-After": "1"}), completion('{"a":1}'))
        ...  # use loopback.base_url from sync code, async code or a subprocess
        assert len(loopback.requests) == 2

An answer is raw bytes, or several steps: bytes to send, seconds to wait, and `CLOSE` or `RESET` to end the
connection with; steps may go on for ever. A script gives one answer to each request and repeats its last one; a
handler makes the answer out of the request.
"""

from __future__ import annotations

import asyncio
import json
import socket
import ssl
import struct
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any

import pytest


class End(Enum):
    CLOSE = "close"
    RESET = "reset"


CLOSE, RESET = End.CLOSE, End.RESET

Step = bytes | float | End
Answer = bytes | Iterable[Step]


@dataclass(frozen=True)
class Received:
    """One request as it came in; header names are lower case."""

    method: str
    path: str
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


Handler = Callable[[Received], Answer]


def reply(status: int = 200, body: bytes | str | object = b"", headers: Mapping[str, str] | None = None) -> bytes:
    """A whole HTTP answer; a body that is neither bytes nor text is sent as JSON."""
    if isinstance(body, str):
        body = body.encode()
    raw = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = {"Content-Type": "application/json", "Content-Length": str(len(raw)), **(headers or {})}
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"HTTP/1.1 {status} Status\r\n{head}\r\n".encode() + raw


def envelope(text: str | None, *, finish: str = "stop", **message: Any) -> dict[str, Any]:
    """The JSON of a chat completion that says `text`."""
    return {
        "id": "chatcmpl-1",
        "object": "chat.completion",
        "choices": [
            {"index": 0, "message": {"role": "assistant", "content": text, **message}, "finish_reason": finish}
        ],
        "usage": {"prompt_tokens": 100, "completion_tokens": 10, "prompt_tokens_details": {"cached_tokens": 40}},
    }


def completion(text: str | None, *, finish: str = "stop", **message: Any) -> bytes:
    """A whole HTTP answer with a chat completion."""
    return reply(200, envelope(text, finish=finish, **message))


def drip(data: bytes, pause: float) -> list[Step]:
    """The same bytes one by one, with a pause before each."""
    return [step for at in range(len(data)) for step in (pause, data[at : at + 1])]


class Loopback:
    """The server, in a thread of its own. `requests` are all that came in, in order; `times` are when, in seconds."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self.requests: list[Received] = []
        self.times: list[float] = []
        self.connections = 0
        self._answers: list[Answer] = [reply(500, "no script")]
        self._handler: Handler = self._next
        self._tls = tls
        self._tasks: set[asyncio.Task[None]] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self._server = self._in_thread(asyncio.start_server(self._connected, "127.0.0.1", 0, ssl=tls))
        self.port: int = self._server.sockets[0].getsockname()[1]

    @property
    def base_url(self) -> str:
        return f"{'https' if self._tls else 'http'}://127.0.0.1:{self.port}/v1"

    def script(self, *answers: Answer) -> None:
        """Answer the requests in this order; the last answer repeats."""
        self._answers = list(answers)
        self._handler = self._next

    def handle(self, handler: Handler) -> None:
        """Make each answer out of its request."""
        self._handler = handler

    def deafen(self) -> None:
        """Stop listening; what is connected stays so. May be called by a handler."""
        self._loop.call_soon_threadsafe(self._server.close)

    def listen(self) -> None:
        """Listen again, at the same port."""
        self._server = self._in_thread(asyncio.start_server(self._connected, "127.0.0.1", self.port, ssl=self._tls))

    def drain(self) -> None:
        """Wait until all connections have ended, as those of a process do that has: what it sent is read by then."""
        self._in_thread(self._drained())

    def close(self) -> None:
        """Stop listening and drop all connections."""
        self._in_thread(self._stop())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _in_thread(self, coroutine: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(coroutine, self._loop).result(10)

    async def _drained(self) -> None:
        for _ in range(3):  # a connection that nobody has accepted yet becomes a task
            await asyncio.sleep(0)
        await asyncio.gather(*self._tasks)

    async def _stop(self) -> None:
        self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        await asyncio.sleep(0)

    def _next(self, _: Received) -> Answer:
        return self._answers[min(len(self.requests), len(self._answers)) - 1]

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections += 1
        try:
            while received := await _read_request(reader):
                self.requests.append(received)
                self.times.append(time.monotonic())
                if not await _send(writer, self._handler(received)):
                    break
        except (ConnectionError, asyncio.CancelledError, asyncio.IncompleteReadError):
            pass
        finally:
            self._tasks.discard(task)
            writer.transport.abort() if writer.is_closing() else writer.close()


async def _read_request(reader: asyncio.StreamReader) -> Received | None:
    head = await reader.readuntil(b"\r\n\r\n")
    first, *lines = head.decode("latin-1").strip().split("\r\n")
    method, path, _ = first.split(" ", 2)
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    body = await reader.readexactly(int(headers.get("content-length", "0")))
    return Received(method, path, headers, body)


async def _send(writer: asyncio.StreamWriter, answer: Answer) -> bool:
    """Play one answer; False if the connection is to end."""
    for step in [answer] if isinstance(answer, bytes) else answer:
        if isinstance(step, End):
            if step is RESET:
                sock: socket.socket = writer.get_extra_info("socket")
                sock.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                writer.transport.abort()
            return False
        if isinstance(step, bytes):
            writer.write(step)
            await writer.drain()
        else:
            await asyncio.sleep(step)
    return True


@pytest.fixture
def loopback() -> Iterator[Loopback]:
    """A server that listens until the test ends."""
    server = Loopback()
    yield server
    server.close()
