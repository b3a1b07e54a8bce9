"""One call goes ahead, the others follow once the server has begun to answer it."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from pathlib import Path
from typing import Any

from briefer.calls import Completion, Message, Request
from briefer.errors import BrieferError
from briefer.journal import Journal
from briefer.models.openai import Endpoint, OpenAIModel
from briefer.requests import draft_request
from briefer.sections import SECTIONS, Scope
from tests.server import CLOSE, Answer, Loopback, Received, completion, reply

ARTICLES: list[Message] = [{"role": "user", "content": "An article. " * 400}]
USAGE = {"prompt_tokens": 100, "completion_tokens": 10, "prompt_tokens_details": {"cached_tokens": 40}}


def request(number: int, shared: int = 1) -> Request:
    task: Message = {"role": "user", "content": f"task {number}"}
    return Request("topics", None, "draft", [*ARTICLES, task], {"type": "object"}, "c", shared=shared)


def event(**fields: Any) -> bytes:
    return f"data: {json.dumps(fields)}\n\n".encode()


def piece(finish: str | None = None, **delta: str) -> bytes:
    return event(choices=[{"index": 0, "delta": delta, "finish_reason": finish}])


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\n"
STREAM_HEAD = HEAD + b"Connection: close\r\n\r\n"


def streamed(pause: float) -> list[Any]:
    """A reply whose second half comes late; its connection stays open."""
    last = piece(content="1}") + piece("stop") + event(choices=[], usage=USAGE) + b"data: [DONE]\n\n"
    return [STREAM_HEAD + piece(role="assistant", content=""), piece(content='{"a": '), pause, last]


class Clocked:
    """Answers with `first` whatever is to be streamed, and notes what is."""

    def __init__(self, first: Answer) -> None:
        self.first = first
        self.streams: list[bool] = []

    def __call__(self, received: Received) -> Answer:
        self.streams.append(received.json["stream"])
        return self.first if received.json["stream"] else completion('{"a": 1}')


def ask(server: Loopback, path: Path, *requests: Request, side_by_side: int = 8) -> list[Completion | BaseException]:
    async def nothing(_: float) -> None:
        pass

    async def all_of() -> list[Completion | BaseException]:
        journal = Journal.open(path)
        endpoint = Endpoint(server.base_url, None, "m", deadline=5.0, concurrency=side_by_side)
        model = OpenAIModel(endpoint, journal, sleep=nothing)
        try:
            return await asyncio.gather(*map(model.reply, requests), return_exceptions=True)
        finally:
            await model.aclose()
            journal.close()

    return asyncio.run(all_of())


def texts(answers: list[Completion | BaseException]) -> list[str]:
    return [a.text if isinstance(a, Completion) else repr(a) for a in answers]


def test_the_others_start_when_the_first_reply_begins_and_before_it_ends(loopback: Loopback, tmp_path: Path) -> None:
    handler = Clocked(streamed(0.3))
    loopback.handle(handler)
    answers = ask(loopback, tmp_path / "j", *map(request, range(5)))
    assert texts(answers) == ['{"a": 1}'] * 5
    assert handler.streams == [True, False, False, False, False]
    records = Journal.read(tmp_path / "j").records
    assert [r.body.startswith(b"data:") for r in records] == [False] * 4 + [True]  # the first ends last
    held = ask(loopback, tmp_path / "j", *map(request, range(5)))
    assert held == answers
    assert len(loopback.requests) == 5


def test_calls_without_a_common_beginning_do_not_wait(loopback: Loopback, tmp_path: Path) -> None:
    loopback.handle(Clocked(streamed(0)))
    short = [replace(request(n), messages=[{"role": "user", "content": f"short {n}"}]) for n in range(3)]
    ask(loopback, tmp_path / "j", *(request(n, shared=0) for n in range(3)), *short)
    assert [r.json["stream"] for r in loopback.requests] == [False] * 6


def test_a_server_that_answers_in_one_piece_serves_as_well(loopback: Loopback, tmp_path: Path) -> None:
    loopback.handle(lambda _: completion('{"a": 1}'))
    assert texts(ask(loopback, tmp_path / "j", *map(request, range(3)))) == ['{"a": 1}'] * 3
    assert [r.json["stream"] for r in loopback.requests] == [True, False, False]


def test_no_call_goes_over_a_connection_that_ends_with_a_stream(loopback: Loopback, tmp_path: Path) -> None:
    """llama.cpp's server closes it and says so only to those who asked for that."""

    def handle(received: Received) -> Answer:
        if not received.json["stream"]:
            return completion('{"a": 1}')
        said = b"Connection: close\r\n" if received.headers.get("connection") == "close" else b""
        head, body = HEAD + said, b"".join(step for step in streamed(0)[1:] if isinstance(step, bytes))
        return [head + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(body), body), CLOSE]

    loopback.handle(handle)
    answers = ask(loopback, tmp_path / "j", *map(request, range(4)), side_by_side=1)
    assert texts(answers) == ['{"a": 1}'] * 4
    assert [r.headers["connection"] for r in loopback.requests] == ["close", *["keep-alive"] * 3]
    assert all(isinstance(a, Completion) and not a.spent.maybe_billed for a in answers)


def test_a_server_without_streams_is_asked_without(loopback: Loopback, tmp_path: Path) -> None:
    def handler(received: Received) -> Answer:
        if "stream_options" in received.json:
            return reply(400, {"error": {"message": "Unrecognized request argument supplied: stream_options"}})
        return completion('{"a": 1}')

    loopback.handle(handler)
    assert texts(ask(loopback, tmp_path / "j", *map(request, range(3)))) == ['{"a": 1}'] * 3
    assert [r.json["stream"] for r in loopback.requests] == [True, False, False, False]


def test_a_first_call_that_fails_lets_the_others_go(loopback: Loopback, tmp_path: Path) -> None:
    loopback.handle(Clocked(reply(401, {"error": {"message": "no"}})))
    first, *others = ask(loopback, tmp_path / "j", *map(request, range(3)))
    assert isinstance(first, BrieferError)
    assert texts(others) == ['{"a": 1}'] * 2


def test_a_stream_that_breaks_off_is_counted_and_asked_for_again(loopback: Loopback, tmp_path: Path) -> None:
    broken = STREAM_HEAD + piece(content='{"a"')
    answers = iter([[broken, CLOSE], streamed(0)])
    loopback.handle(lambda _: next(answers))
    (answer,) = ask(loopback, tmp_path / "j", request(1))
    assert isinstance(answer, Completion)
    assert answer.text == '{"a": 1}'
    assert answer.spent.calls == 2


def test_the_sections_of_a_bundle_share_the_articles_and_the_accounts_do_not(tmp_path: Path) -> None:
    from briefer.loading import load_bundle
    from briefer.prompts import load_prompts

    bundle, prompts = load_bundle("fixtures/ferry-grounding/bundle.json"), load_prompts(None)
    whole = [draft_request(prompts, bundle, s) for s in SECTIONS if s.scope is not Scope.OUTLET]
    assert {r.shared for r in whole} == {2}
    assert len({json.dumps(list(r.messages[: r.shared])) for r in whole}) == 1
    account = next(s for s in SECTIONS if s.scope is Scope.OUTLET)
    assert draft_request(prompts, bundle, account, bundle.outlets[0]).shared == 0
    alone = type(bundle).model_validate(bundle.model_dump() | {"articles": bundle.articles[:1]})
    assert draft_request(prompts, alone, account, alone.outlets[0]).shared == 2
