"""The server that benchmarks call: what it models, what it says, and that real clients understand it."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import openai
import pytest

from benchmarks.loopback import Server, answers, serving
from benchmarks.loopback.prefixes import Prefixes, possible, prompt_of, tokens_of
from benchmarks.loopback.replies import Replies, drafted
from briefer import Settings, load_bundle, summarize
from briefer.bundle import Bundle
from briefer.data import data_folder
from briefer.journal import Journal
from briefer.prompts import load_prompts
from briefer.replies import Closing, Reply, read_reply
from briefer.requests import draft_request
from briefer.sections import BY_KEY, SECTIONS
from tests.fake import bridge_bundle

BENCHMARKS = Path(__file__).parent.parent.parent / "benchmarks"
STORY = data_folder("fixtures") / "river-spill"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving([STORY / "tape.jsonl"]) as running:
        yield running


def body(*contents: str, schema: str = "one") -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": c} for c in contents], "response_format": {"name": schema}}


# A cache of prefixes


def test_a_prompt_is_cached_up_to_its_last_whole_step_and_not_below_the_least() -> None:
    prefixes = Prefixes()
    text = "".join(chr(97 + n * n % 26) for n in range(9000))
    assert prefixes.cached(text) == 0
    prefixes.warm(text)
    assert prefixes.cached(text) == 9000 // 4 // 128 * 128
    assert prefixes.cached(text[:6000] + "!" + text[6001:]) == 6000 // 4 // 128 * 128
    assert prefixes.cached(text[: 4 * 1024]) == 1024
    assert prefixes.cached(text[: 4 * 1024 - 1]) == 0
    assert prefixes.cached("!" + text) == 0


def test_the_schema_stands_before_the_messages() -> None:
    prefixes = Prefixes()
    prefixes.warm(prompt_of(body("a" * 9000)))
    assert prefixes.cached(prompt_of(body("a" * 9000, "another task"))) > 2000
    assert prefixes.cached(prompt_of(body("a" * 9000, schema="another"))) == 0


def test_what_a_cache_can_give_is_counted_call_after_call() -> None:
    articles = "a" * 8000
    bodies = [body(articles, f"task {n}") for n in range(3)]
    once = possible(bodies[:2])
    assert 8000 // 4 - 128 <= once <= tokens_of(prompt_of(bodies[0]))
    assert possible(bodies) == 2 * once
    assert possible(bodies[:1]) == 0


# Replies


def test_a_drafted_reply_fits_every_section_and_cites_sentences_of_the_prompt() -> None:
    prompts, bundle = load_prompts(None), bridge_bundle()
    for section in SECTIONS:
        outlet = bundle.outlets[0] if section.key == "papers_say" else None
        request = draft_request(prompts, bundle, section, outlet)
        reply = read_reply(section.reply, Replies().answer({"messages": request.messages}))
        assert isinstance(reply, Reply)
        assert reply.call == request.call
        sentences = {s.id: s.text for source in bundle.sources.values() for s in source.sentences}
        assert len(reply.blocks[0].statements) == 2
        assert all(line.text == sentences[line.cites[0]] for line in reply.blocks[0].statements)


def test_without_a_sentence_the_reply_is_empty_and_still_of_the_wire_shape() -> None:
    reply = read_reply(Closing, drafted("c-00000000", [{"role": "user", "content": "no sentences"}]))
    assert isinstance(reply, Closing)
    assert reply.claims("papers_say", None) == []


def test_a_recorded_reply_is_said_again() -> None:
    bundle = load_bundle(STORY / "bundle.json")
    request = draft_request(load_prompts(None), bundle, BY_KEY["whats_happened"])
    replies = Replies([STORY / "tape.jsonl"])
    tape = Journal.read(STORY / "tape.jsonl")
    recorded = tape.attempts(request.digest(tape.records[0].model))[-1].body
    said = json.loads(recorded)["choices"][0]["message"]["content"]
    assert replies.answer({"messages": request.messages}) == said


# Answers


def test_a_bomb_is_small_on_the_wire() -> None:
    assert len(answers.bomb(4)) < 4 * 2**20 / 500


def test_a_body_without_end_goes_on() -> None:
    assert sum(map(len, islice(answers.endless(), 200))) > 199 * 65536


# The server, and clients that call it


def test_the_sdk_reads_both_a_whole_answer_and_a_streamed_one(server: Server) -> None:
    server.counts()
    client = openai.OpenAI(base_url=server.base_url("model/1000"), api_key="none", max_retries=0)
    said: list[str] = []
    for turn in range(2):
        asked: Any = [
            {"role": "user", "content": f"{'word ' * 2000} [A1.1] A bridge was closed for works on Monday. {turn}"}
        ]
        whole = client.chat.completions.create(model="m", messages=asked)
        chunks = list(client.chat.completions.create(model="m", messages=asked, stream=True))
        said.append("".join(c.choices[0].delta.content or "" for c in chunks if c.choices))
        assert whole.choices[0].message.content == said[-1]
        assert chunks[-1].usage
        assert chunks[-1].usage.prompt_tokens_details
        assert chunks[-1].usage.prompt_tokens_details.cached_tokens == 2432
    counts = server.counts()
    assert (counts["calls"], counts["streamed"], counts["cached"]) == (4, 2, 3 * 2432)
    assert server.counts()["calls"] == 0
    client.close()


def test_a_prefix_is_warm_once_the_answer_begins_and_cold_after_the_counts_are_taken(server: Server) -> None:
    server.counts()
    asked: Any = [{"role": "user", "content": "word " * 2000}]

    async def all_at_once() -> None:
        async with openai.AsyncOpenAI(base_url=server.base_url("model/10"), api_key="none", max_retries=0) as client:
            calls = (client.chat.completions.create(model="m", messages=asked) for _ in range(3))
            await asyncio.gather(*calls)

    async def first_ahead() -> None:
        async with openai.AsyncOpenAI(base_url=server.base_url("model/10"), api_key="none", max_retries=0) as client:
            first = await client.chat.completions.create(model="m", messages=asked, stream=True)
            await anext(aiter(first))
            calls = (client.chat.completions.create(model="m", messages=asked) for _ in range(2))
            await asyncio.gather(*calls)
            await first.close()

    asyncio.run(all_at_once())
    assert server.counts()["cached"] == 0
    asyncio.run(first_ahead())
    assert server.counts()["cached"] == 2 * 2432


def test_a_fixed_answer_takes_its_time(server: Server) -> None:
    client = openai.OpenAI(base_url=server.base_url("fixed/200"), api_key="none", max_retries=0)
    asked: Any = [{"role": "user", "content": "?"}]
    client.chat.completions.create(model="m", messages=asked)
    began = time.perf_counter()
    client.chat.completions.create(model="m", messages=asked)
    assert 0.2 <= time.perf_counter() - began < 2
    client.close()


def test_a_whole_briefing_of_one_outlet_is_six_calls(server: Server, tmp_path: Path) -> None:
    given = bridge_bundle()
    alone = given.model_copy(update={"articles": tuple(a.model_copy(update={"outlet": "One"}) for a in given.articles)})
    bundle = Bundle.model_validate(alone.model_dump(mode="json") | {"references": []})
    settings = Settings(model="m", base_url=server.base_url("model/1000"), api_key="none", runs=tmp_path)
    server.counts()
    briefing = asyncio.run(summarize(bundle, settings))
    assert server.counts()["calls"] == 6
    assert all(briefing.sections.values())


def test_the_clients_worker_counts_the_calls_that_it_made(server: Server, tmp_path: Path) -> None:
    request = tmp_path / "request.json"
    request.write_text(json.dumps({"messages": [{"role": "user", "content": "?"}], "schema": {"type": "object"}}))
    server.counts()
    job = {"base_url": server.base_url("fixed/5"), "in_flight": 3, "callers": 3, "warm": 6, "seconds": 0.3}
    for client in ("briefer", "openai"):
        done = subprocess.run(
            [sys.executable, str(BENCHMARKS / "callers" / "calls.py"), client, str(request)],
            input=json.dumps(job), capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        told = json.loads(done.stdout)
        assert told["calls"] + 6 == server.counts()["calls"]
        assert 0.3 <= told["wall"] < 3
        assert 0 < told["cpu"] < told["wall"] * 1.5
