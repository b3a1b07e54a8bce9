"""What a server does not take is found out once, step by step, and kept for other runs."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from briefer.calls import Completion, Request
from briefer.errors import InputError
from briefer.journal import Journal
from briefer.models.features import Features, Shape
from briefer.models.known import Known
from briefer.models.limiter import Limiter
from briefer.models.openai import Endpoint, OpenAIModel, Shared
from tests.server import Answer, Loopback, Received, completion, envelope, reply

SCHEMA = {"type": "object", "properties": {"a": {"type": "integer"}}, "required": ["a"]}
REQUEST = Request("topics", None, "draft", [{"role": "user", "content": "task"}], SCHEMA, "c")
GOOD = completion('{"a": 1}')


def ask(server: Loopback, folder: Path, requests: int = 1, **options: Any) -> list[Completion]:
    async def all_of() -> list[Completion]:
        journal = Journal.open(folder / f"{len(list(folder.iterdir()))}.jsonl")
        model = OpenAIModel(
            Endpoint(**{"base_url": server.base_url, "api_key": None, "model": "m", "deadline": 5.0, **options}),
            journal,
            shared=Shared(Limiter(8), known=Known(folder / "cache" / "servers.json")),
        )
        try:
            answers = [await model.reply(_numbered(n)) for n in range(requests)]
            notes.extend(model.notes)
            return answers
        finally:
            await model.aclose()
            journal.close()

    notes.clear()
    return asyncio.run(all_of())


notes: list[str] = []


def _numbered(number: int) -> Request:
    return Request("topics", None, "draft", [{"role": "user", "content": f"task {number}"}], SCHEMA, "c")


def rejects(told: dict[str, Any], when: Callable[[dict[str, Any]], bool], status: int = 400) -> Callable[..., Answer]:
    return lambda received: reply(status, told) if when(received.json) else GOOD


def error(message: str, **fields: str) -> dict[str, Any]:
    return {"error": {"message": message, **fields}}


# The words of OpenAI, Azure, vLLM, Mistral and Ollama.
@pytest.mark.parametrize(
    ("told", "field", "instead"),
    [
        (
            error(
                "Unsupported parameter: 'max_tokens' is not supported with this model. Use 'max_completion_tokens' "
                "instead.",
                param="max_tokens",
                code="unsupported_parameter",
            ),
            "max_tokens",
            ("max_completion_tokens", 500),
        ),
        (
            error(
                "Unsupported value: 'temperature' does not support 0.2 with this model. Only the default (1) value is "
                "supported.",
                param="temperature",
            ),
            "temperature",
            ("temperature", None),
        ),
        (
            {"detail": [{"type": "extra_forbidden", "loc": ["body", "temperature"], "msg": "Extra inputs are not ok"}]},
            "temperature",
            ("temperature", None),
        ),
    ],
)
def test_an_option_that_is_refused_is_left_out_or_renamed(
    loopback: Loopback, tmp_path: Path, told: dict[str, Any], field: str, instead: tuple[str, object]
) -> None:
    loopback.handle(rejects(told, lambda body: field in body))
    (answer,) = ask(loopback, tmp_path, reply_tokens=500, temperature=0.2)
    assert answer.text == '{"a": 1}'
    name, value = instead
    assert [field in r.json for r in loopback.requests] == [True, False]
    assert loopback.requests[1].json.get(name) == value
    assert loopback.requests[1].json["response_format"]["json_schema"]["strict"] is True

    ask(loopback, tmp_path, reply_tokens=500, temperature=0.2)  # another run knows it already
    assert [field in r.json for r in loopback.requests] == [True, False, False]


def test_a_model_without_a_temperature_is_named(loopback: Loopback, tmp_path: Path) -> None:
    loopback.handle(rejects(error("temperature is not supported"), lambda body: "temperature" in body))
    ask(loopback, tmp_path, temperature=0.2)
    assert notes == ["m takes no temperature: its own is used instead of 0.2"]
    ask(loopback, tmp_path, temperature=0.2)
    assert notes == ["m takes no temperature: its own is used instead of 0.2"]
    ask(loopback, tmp_path)
    assert notes == []


def test_a_limit_that_has_no_name_is_left_out_and_said(loopback: Loopback, tmp_path: Path) -> None:
    names = ("max_tokens", "max_completion_tokens")

    def handler(received: Received) -> Answer:
        held = next((name for name in names if name in received.json), None)
        return reply(400, error(f"unknown field {held}")) if held else GOOD

    loopback.handle(handler)
    ask(loopback, tmp_path, reply_tokens=500)
    assert len(loopback.requests) == 3
    assert notes == ["m takes no limit on its replies: reply_tokens has no effect"]


def test_strict_is_given_up_before_the_schema(loopback: Loopback, tmp_path: Path) -> None:
    def strict(body: dict[str, Any]) -> bool:
        return "strict" in body["response_format"].get("json_schema", {})

    loopback.handle(rejects(error("Invalid schema for response_format 'briefing_section'"), strict))
    assert ask(loopback, tmp_path, 2)[1].text == '{"a": 1}'
    formats = [r.json["response_format"] for r in loopback.requests]
    assert [("strict" in f["json_schema"]) for f in formats] == [True, False, False]


@pytest.mark.parametrize("ignoring", ['{"b": 2}', "The answer is 1."])
def test_a_schema_that_is_taken_and_ignored_goes_into_the_prompt(
    loopback: Loopback, tmp_path: Path, ignoring: str
) -> None:
    loopback.handle(lambda r: completion(ignoring) if "schema" in r.json["response_format"]["type"] else GOOD)
    answers = ask(loopback, tmp_path, 2)
    assert [answer.text for answer in answers] == ['{"a": 1}'] * 2
    assert answers[0].spent.calls == 2
    assert [r.json["response_format"]["type"] for r in loopback.requests] == ["json_schema"] + ["json_object"] * 2
    assert (
        Known(tmp_path / "cache" / "servers.json").get(loopback.base_url, "m") == Features()
    )  # one reply proves little


def test_one_odd_reply_of_a_server_that_follows_the_schema_is_asked_for_again(
    loopback: Loopback, tmp_path: Path
) -> None:
    loopback.script(GOOD, completion("No."), GOOD)
    assert [answer.text for answer in ask(loopback, tmp_path, 2)] == ['{"a": 1}'] * 2
    assert {r.json["response_format"]["type"] for r in loopback.requests} == {"json_schema"}


def test_what_is_ignored_to_the_end_is_paid_for_twice_and_no_more(loopback: Loopback, tmp_path: Path) -> None:
    loopback.script(completion("No."))
    (answer,) = ask(loopback, tmp_path)
    assert (answer.failure, answer.spent.calls) == ("the reply is not one JSON object", 2)
    assert len(loopback.requests) == 2


def test_a_reply_as_long_as_its_limit_was_cut_even_if_nobody_says_so(loopback: Loopback, tmp_path: Path) -> None:
    loopback.script(completion('{"a": 1}'))  # its server counts 10 tokens
    (answer,) = ask(loopback, tmp_path, reply_tokens=5)
    assert answer.failure == "the reply was cut at its length limit"
    assert [r.json["max_tokens"] for r in loopback.requests] == [5, 10]


def test_words_that_name_nothing_of_it_end_the_run(loopback: Loopback, tmp_path: Path) -> None:
    loopback.script(reply(400, error("temperature must be below 2")))
    with pytest.raises(InputError, match="temperature must be below 2"):
        ask(loopback, tmp_path, temperature=9.0)
    assert len(loopback.requests) == 1


def test_what_was_learnt_is_kept_by_address_and_model_for_a_week(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a" / "servers.json"
    low = Features(shape=Shape.JSON, limit="max_completion_tokens", temperature=False, stream=False)
    Known(path).put("http://one", "m", low)
    Known(path).put("http://two", "m", Features())
    assert Known(path).get("http://one", "m") == low
    assert Known(path).get("http://one", "other") == Known(path).get("http://three", "m") == Features()
    entries = json.loads(path.read_text())
    entries["http://one m"]["at"] -= 8 * 86400
    path.write_text(json.dumps(entries))
    assert Known(path).get("http://one", "m") == Features()


@pytest.mark.parametrize(
    "content", ["", "[]", "{", '{"http://one m": 5}', '{"http://one m": {"at": 1e12, "features": {"shape": 9}}}']
)
def test_a_damaged_cache_is_no_cache(tmp_path: Path, content: str) -> None:
    path = tmp_path / "servers.json"
    path.write_text(content)
    assert Known(path).get("http://one", "m") == Features()
    Known(path).put("http://one", "m", Features(stream=False))
    assert Known(path).get("http://one", "m") == Features(stream=False)


def test_a_place_that_cannot_be_written_is_no_failure(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    Known(tmp_path / "file" / "servers.json").put("http://one", "m", Features())
    Known(None).put("http://one", "m", Features())
    assert Known(None).get("http://one", "m") == Features()


def test_the_envelope_of_these_tests_counts_ten_tokens() -> None:
    assert envelope("x")["usage"]["completion_tokens"] == 10
