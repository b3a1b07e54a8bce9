"""One client that `client.py` measures, in a process of its own: `python calls.py CLIENT REQUEST.json`.

REQUEST.json holds `messages` and `schema`. On standard input comes one job a line, `{"base_url", "in_flight",
"callers", "warm", "seconds"}`; for each, one line goes out: `{"calls", "wall", "cpu"}`, the calls begun within those
seconds and the seconds that they took, after `warm` calls that are not counted, and without what is imported and made
before them.
"""

from __future__ import annotations

import asyncio
import gc
import json
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass
from itertools import count, islice, takewhile
from pathlib import Path
from typing import Any

KEY = "sk-loopback"
MODEL = "loopback"
Ask = Callable[[int], Awaitable[object]]


@dataclass(frozen=True)
class Job:
    """What is asked, and of whom."""

    base_url: str
    in_flight: int
    request: dict[str, Any]

    def messages(self, number: int) -> list[dict[str, str]]:
        """Return the messages of a call, no two alike: a client may keep its replies, and serve them again."""
        *first, last = self.request["messages"]
        return [*first, {**last, "content": f"{last['content']}\nCall {number}."}]

    @property
    def schema(self) -> dict[str, Any]:
        """The JSON schema of the reply."""
        return self.request["schema"]

    @property
    def response_format(self) -> dict[str, Any]:
        """The schema as a body holds it."""
        shape = {"name": "section", "strict": True, "schema": self.schema}
        return {"type": "json_schema", "json_schema": shape}


@asynccontextmanager
async def with_briefer(job: Job) -> AsyncIterator[Ask]:
    from briefer.calls import Request
    from briefer.journal import Journal
    from briefer.models.openai import Endpoint, OpenAIModel

    with tempfile.TemporaryDirectory() as folder:
        journal = Journal.open(Path(folder) / "calls.jsonl")
        model = OpenAIModel(Endpoint(job.base_url, KEY, MODEL, concurrency=job.in_flight), journal)

        async def ask(n: int) -> None:
            request = Request("whats_happened", None, "draft", job.messages(n), job.schema, "")  # type: ignore[arg-type]
            completion = await model.reply(request)
            assert completion.text, completion.failure

        try:
            yield ask
        finally:
            await model.aclose()
            journal.close()


@asynccontextmanager
async def with_openai(job: Job) -> AsyncIterator[Ask]:
    import openai

    async with openai.AsyncOpenAI(api_key=KEY, base_url=job.base_url, max_retries=0) as client:

        async def ask(n: int) -> None:
            answer = await client.chat.completions.create(
                model=MODEL, messages=job.messages(n), response_format=job.response_format
            )  # type: ignore[call-overload]
            assert answer.choices[0].message.content

        yield ask


@asynccontextmanager
async def with_instructor(job: Job) -> AsyncIterator[Ask]:
    import instructor
    import openai
    from pydantic import BaseModel

    class Line(BaseModel):
        text: str
        cites: list[str]

    class Statement(Line):
        kind: str

    class Block(BaseModel):
        heading: str
        date: str
        statements: list[Statement]

    class Section(BaseModel):
        call: str
        headline: Line
        blocks: list[Block]
        open_questions: list[str]

    async with openai.AsyncOpenAI(api_key=KEY, base_url=job.base_url, max_retries=0) as plain:
        client = instructor.from_openai(plain, mode=instructor.Mode.JSON_SCHEMA)

        async def ask(n: int) -> None:
            section = await client.chat.completions.create(
                model=MODEL, messages=job.messages(n), response_model=Section, max_retries=0
            )
            assert section.blocks

        yield ask


@asynccontextmanager
async def with_llm(job: Job) -> AsyncIterator[Ask]:
    from llm.default_plugins.openai_models import AsyncChat

    model = AsyncChat(MODEL, model_name=MODEL, api_base=job.base_url, supports_schema=True)

    async def ask(n: int) -> None:
        system, *others = (message["content"] for message in job.messages(n))
        asked = model.prompt("\n\n".join(others), system=system, schema=job.schema, stream=False, key=KEY)
        assert await asked.text()

    yield ask


@asynccontextmanager
async def with_aiohttp(job: Job) -> AsyncIterator[Ask]:
    import aiohttp

    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=0)) as session:

        async def ask(n: int) -> None:
            body = {"model": MODEL, "messages": job.messages(n), "response_format": job.response_format}
            async with session.post(f"{job.base_url}/chat/completions", json=body) as answer:
                assert (await answer.json())["choices"][0]["message"]["content"]

        yield ask


CLIENTS: dict[str, Callable[[Job], AbstractAsyncContextManager[Ask]]] = {
    "briefer": with_briefer,
    "openai": with_openai,
    "instructor": with_instructor,
    "llm": with_llm,
    "aiohttp": with_aiohttp,
}


async def _measured(client: str, job: Job, callers: int, warm: int, seconds: float) -> dict[str, float]:
    async with CLIENTS[client](job) as ask:
        numbers = count()
        await _all(ask, islice(numbers, warm), callers)
        gc.collect()
        begun, wall, cpu = next(numbers), time.perf_counter(), time.process_time()
        within = takewhile(lambda _: time.perf_counter() - wall < seconds, numbers)
        await _all(ask, within, callers)
        # One number was taken and not called by the last `takewhile`, one to see where it began.
        calls = next(numbers) - begun - 2
        return {"calls": calls, "wall": time.perf_counter() - wall, "cpu": time.process_time() - cpu}


async def _all(ask: Ask, numbers: Iterator[int], callers: int) -> None:
    """Make all calls, so many waiting for an answer at a time."""

    async def some() -> None:
        for number in numbers:
            await ask(number)

    await asyncio.gather(*(some() for _ in range(callers)))


def _main() -> None:
    client, request = sys.argv[1], json.loads(Path(sys.argv[2]).read_text())
    for line in sys.stdin:
        given = json.loads(line)
        job = Job(given["base_url"], given["in_flight"], request)
        print(
            json.dumps(asyncio.run(_measured(client, job, given["callers"], given["warm"], given["seconds"]))),
            flush=True,
        )


if __name__ == "__main__":
    _main()
