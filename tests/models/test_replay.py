"""A tape answers for a model, and says which call it cannot answer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from briefer.calls import Completion, Request, Spent
from briefer.errors import InputError
from briefer.journal import Journal, Record, Status
from briefer.models import Model
from briefer.models.prices import cost
from briefer.models.replay import Replay
from tests.server import envelope

REQUEST = Request("papers_say", "The Post", "draft", [{"role": "user", "content": "task"}], {"type": "object"}, "c")
BODY = json.dumps(envelope('{"a": 1}')).encode()


def record(model: str = "m", status: Status = Status.OK, body: bytes = BODY, repeat: int = 0) -> Record:
    return Record(
        key=REQUEST.digest(model),
        status=status,
        section="papers_say",
        outlet="The Post",
        round="draft",
        model=model,
        at="2026-03-10T12:00:00+00:00",
        http=200,
        body=body,
        seconds=1.0,
        repeat=repeat,
    )


def tape(*records: Record) -> Journal:
    return Journal(Path("tape.jsonl"), records)


def reply(model: Model, request: Request = REQUEST) -> Completion:
    async def answered() -> Completion:
        return await model.reply(request)

    return asyncio.run(answered())


def test_a_recorded_reply_comes_back_with_what_it_took() -> None:
    replay = Replay(tape(record()))
    assert replay.name == "m"
    assert reply(replay) == Completion('{"a": 1}', Spent(1, 100, 40, 10))


def test_failed_attempts_before_the_reply_count_as_they_did() -> None:
    before = [record(status=Status.HTTP, body=b"<"), record(status=Status.UNKNOWN, body=b""), record(body=BODY)]
    assert reply(Replay(tape(*before))).spent == Spent(1, 100, 40, 10, maybe_billed=1)


def test_repeats_are_apart() -> None:
    other = json.dumps(envelope('{"a": 2}')).encode()
    both = tape(record(), record(body=other, repeat=1))
    assert [reply(Replay(both, repeat=n)).text for n in (0, 1)] == ['{"a": 1}', '{"a": 2}']


def test_a_request_that_is_not_on_the_tape_is_named() -> None:
    changed = replace(REQUEST, messages=[{"role": "user", "content": "edited"}])
    with pytest.raises(InputError) as caught:
        reply(Replay(tape(record())), changed)
    assert caught.value.exit_code == 3
    assert caught.value.cause == (
        "the tape tape.jsonl holds no reply for papers_say/The Post (draft): "
        "the prompt, the bundle, the model or the schema changed since it was recorded"
    )
    assert caught.value.hint == "record it again with --record"


def test_a_refusal_on_the_tape_is_never_served() -> None:
    with pytest.raises(InputError, match="has no usable reply for papers_say/The Post, only one that is refused"):
        reply(Replay(tape(record(status=Status.REFUSED))))


@pytest.mark.parametrize(
    ("records", "cause"),
    [
        ([], "the tape tape.jsonl holds no replies"),
        ([record("m"), record("b")], "the tape tape.jsonl holds replies of several models: b, m"),
    ],
)
def test_a_tape_without_one_model_needs_a_name(records: Sequence[Record], cause: str) -> None:
    with pytest.raises(InputError) as caught:
        Replay(tape(*records))
    assert caught.value.cause == cause


def test_a_given_name_picks_among_several() -> None:
    assert reply(Replay(tape(record("m"), record("b")), "b")).text == '{"a": 1}'


def test_known_models_have_a_price() -> None:
    base = "https://api.openai.com/v1"
    plain = cost("gpt-4o-mini", Spent(1, 1_000_000, 0, 1_000_000), base)
    assert plain is not None
    assert plain > 0
    cached = cost("gpt-4o-mini", Spent(1, 1_000_000, 1_000_000, 1_000_000))
    assert cached is not None
    assert cached < plain
    assert cost("gpt-4o-mini", Spent(1, 1_000_000, None, 1_000_000)) == plain


@pytest.mark.parametrize(
    ("model", "spent", "base_url"),
    [
        ("no-such-model", Spent(1, 10, 0, 10), None),
        ("extract", Spent(), None),
        ("gpt-4o-mini", Spent(1, None, None, 10), None),
        ("gpt-4o-mini", Spent(1, 10, 0, None), None),
        ("gpt-4o-mini", Spent(1, 10, 0, 10), "http://127.0.0.1:8080/v1"),
        ("gpt-4o-mini", Spent(1, 10, 0, 10), "http://localhost:8080/v1"),
        ("gpt-4o-mini", Spent(1, 10, 0, 10), "https://models.example/v1"),
    ],
)
def test_an_unknown_price_is_none(model: str, spent: Spent, base_url: str | None) -> None:
    assert cost(model, spent, base_url) is None
