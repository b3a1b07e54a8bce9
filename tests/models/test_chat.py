"""Raw replies are read strictly: what is not one usable completion is named, never guessed at."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefer.calls import Completion, Request, Spent
from briefer.journal import Status
from briefer.models.bodies import body_of
from briefer.models.chat import CUT, Remedy, read_completion, read_reply
from briefer.models.features import Features, Shape
from tests.server import envelope

SCHEMA = {"type": "object", "properties": {"zebra": {"type": "string"}, "apple": {"type": "string"}}}
REQUEST = Request(
    section="papers_say",
    outlet="The Post",
    round="draft",
    messages=[{"role": "system", "content": "Rules."}, {"role": "user", "content": "Zoë’s task"}],
    schema=SCHEMA,
    call="c1",
)
SPENT = Spent(calls=1, input_tokens=100, cached_tokens=40, output_tokens=10)
UNKNOWN = Spent(calls=1, input_tokens=None, cached_tokens=None, output_tokens=None)


def raw(text: Any, **options: Any) -> bytes:
    return json.dumps(envelope(text, **options)).encode()


def test_the_body_asks_for_the_schema_and_keeps_its_order() -> None:
    body = body_of(REQUEST, "m", Features())
    assert body.isascii()
    assert body.index(b"zebra") < body.index(b"apple")
    assert json.loads(body) == {
        "model": "m",
        "messages": REQUEST.messages,
        "stream": False,
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "briefing_section", "strict": True, "schema": SCHEMA},
        },
    }


def test_limits_are_sent_only_when_set() -> None:
    body = json.loads(body_of(REQUEST, "m", Features(), limit=500, temperature=0.0))
    assert (body["max_tokens"], body["temperature"]) == (500, 0.0)


@pytest.mark.parametrize("shape", [Shape.JSON, Shape.PROMPT])
def test_lower_rungs_put_the_schema_into_the_prompt(shape: Shape) -> None:
    body = json.loads(body_of(REQUEST, "m", Features(shape)))
    assert body.get("response_format") == ({"type": "json_object"} if shape is Shape.JSON else None)
    first, second = body["messages"]
    assert first["content"].startswith("Rules.\n\nAnswer with one JSON object and nothing else")
    assert first["content"].endswith(json.dumps(SCHEMA))
    assert second == REQUEST.messages[1]


def test_without_a_system_message_the_schema_gets_one() -> None:
    bare = Request("s", None, "draft", [{"role": "user", "content": "task"}], SCHEMA, "c")
    roles = [message["role"] for message in json.loads(body_of(bare, "m", Features(Shape.PROMPT)))["messages"]]
    assert roles == ["system", "user"]


def test_a_good_reply_is_its_text_and_tokens() -> None:
    assert read_completion(raw('{"a": 1}')) == Completion('{"a": 1}', SPENT)
    assert read_reply(raw('{"a": 1}')).status is Status.OK


@pytest.mark.parametrize(
    ("body", "failure"),
    [
        (b"", "the server's answer is empty"),
        (b"  \n", "the server's answer is empty"),
        (b"{", "the server's answer is not JSON"),
        (raw('{"a":1}')[:-7], "the server's answer is not JSON"),
        (b"\xff\xfe\x00{", "the server's answer is not JSON"),
        (raw('{"a":1}').replace(b"stop", b"st\xffp"), "the server's answer is not JSON"),
        (b"[" * 200_000, "the server's answer is not JSON"),
        (b'{"created": ' + b"9" * 6000 + b"}", "the server's answer is not JSON"),
        (b'{"choices": [], "choices": []}', "the server's answer is not JSON"),
        (b'{"created": NaN, "choices": []}', "the server's answer is not JSON"),
        (b'{"created": -Infinity}', "the server's answer is not JSON"),
        (b'{"created": 1e999}', "the server's answer is not JSON"),
        (b"null", "the server's answer is not a chat completion"),
        (b"[]", "the server's answer is not a chat completion"),
        (b"5", "the server's answer is not a chat completion"),
        (b'"text"', "the server's answer is not a chat completion"),
        (b"{}", "the server's answer holds no reply"),
        (b'{"choices": null}', "the server's answer holds no reply"),
        (b'{"choices": []}', "the server's answer holds no reply"),
        (b'{"choices": [null]}', "the server's answer holds no reply"),
        (b'{"choices": [{"message": null}]}', "the server's answer holds no reply"),
        (b'{"choices": [{"message": "text"}]}', "the server's answer holds no reply"),
        (b'{"choices": {"0": {}}}', "the server's answer holds no reply"),
    ],
)
def test_an_answer_that_is_no_completion_may_be_asked_for_once_more(body: bytes, failure: str) -> None:
    reading = read_reply(body)
    assert (reading.status, reading.remedy) == (Status.MALFORMED, Remedy.RESEND)
    assert reading.completion == Completion("", UNKNOWN, failure)


@pytest.mark.parametrize("body", [b"<!DOCTYPE html><p>Log in", b"\xef\xbb\xbf <html>", b"<?xml version='1.0'?>"])
def test_html_is_not_a_reply_and_costs_nothing(body: bytes) -> None:
    reading = read_reply(body)
    assert (reading.status, reading.remedy) == (Status.HTTP, Remedy.WAIT)
    assert reading.completion == Completion(
        "", Spent(), "the server's answer is HTML, not JSON: is a proxy in between?"
    )


@pytest.mark.parametrize("error", [{"code": 502, "message": "upstream"}, "upstream"])
def test_an_error_inside_a_good_status_is_handed_on(error: object) -> None:
    reading = read_reply(json.dumps({"error": error, "choices": None}).encode())
    assert (reading.status, reading.remedy) == (Status.HTTP, Remedy.ERROR)
    assert reading.error["message"] == "upstream"
    assert reading.completion.spent == Spent()


def test_an_empty_error_field_is_none() -> None:
    assert read_reply(json.dumps({**envelope('{"a":1}'), "error": None}).encode()).status is Status.OK


@pytest.mark.parametrize(
    ("body", "status", "failure", "remedy"),
    [
        (raw(None, refusal="I cannot"), Status.REFUSED, "the model refused", Remedy.NONE),
        (raw([{"type": "refusal", "refusal": "no"}]), Status.REFUSED, "the model refused", Remedy.NONE),
        (
            raw("", finish="content_filter"),
            Status.REFUSED,
            "the provider's content filter stopped the reply",
            Remedy.NONE,
        ),
        (raw('{"a": [1, 2', finish="length"), Status.TRUNCATED, CUT, Remedy.LONGER),
        (raw('{"a": 1}', finish="length"), Status.TRUNCATED, CUT, Remedy.LONGER),
        (raw(None, finish="length"), Status.TRUNCATED, CUT, Remedy.LONGER),
        (raw('{"a":' + " \n" * 5000, finish="length"), Status.TRUNCATED, CUT, Remedy.NONE),
        (raw(None), Status.EMPTY, "the reply is empty", Remedy.AGAIN),
        (raw(" \n"), Status.EMPTY, "the reply is empty", Remedy.AGAIN),
        (raw([]), Status.EMPTY, "the reply is empty", Remedy.AGAIN),
        (raw(7), Status.EMPTY, "the reply is empty", Remedy.AGAIN),
        (raw(None, finish="tool_calls", tool_calls=[{}]), Status.EMPTY, "the reply is empty", Remedy.AGAIN),
    ],
)
def test_a_reply_without_text_says_why(body: bytes, status: Status, failure: str, remedy: Remedy) -> None:
    reading = read_reply(body)
    assert (reading.status, reading.remedy) == (status, remedy)
    assert reading.completion == Completion("", SPENT, failure)


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ('```json\n{"a": 1}\n```', '{"a": 1}'),
        ('Here it is:\n{"a": 1}\nHope it helps!', '{"a": 1}'),
        ('<think>So {"a": 2}? No.</think>\n{"a": 1}', '{"a": 1}'),
        ('So {"a": 2}? No.</think>{"a": 1}', '{"a": 1}'),
        ('{"a": "</think> {b}"}', '{"a": "</think> {b}"}'),
        ([{"type": "text", "text": '{"a"'}, {"type": "text", "text": ": 1}"}], '{"a": 1}'),
        ([{"type": "thinking", "text": "{"}, {"type": "text", "text": '{"a": 1}'}], '{"a": 1}'),
        ('{"a": "tab\there"}', '{"a": "tab here"}'),
        ('{"a": "\x00\x1b\ud800"}', '{"a": "  \ufffd"}'),
        (r'{"a": "\ud83d and \ud83d\ude00 \u0000"}', '{"a": "\ufffd and 😀 \\u0000"}'),
    ],
)
def test_one_object_is_unwrapped(content: object, text: str) -> None:
    completion = read_completion(raw(content))
    assert completion == Completion(text, SPENT)
    json.loads(completion.text.encode())


@pytest.mark.parametrize(
    "content",
    [
        "I would rather not.",
        '{"a": 1} or {"a": 2}',
        '[{"a": 1}]',
        '["x", {"a": 1}]',
        r'"{\"a\": 1}"',
        '<think>I will say {"a": 1}',
        '<think>{"a": 1}</think> done',
        '{"a": 1, "a": 2}',
        '{"a": NaN}',
        '{"a": 1e999}',
        '{"a": ' + "[" * 100_000,
        '{"a": ' + "9" * 6000 + "}",
        '{"a": 1',
        "{'a': 1}",
    ],
)
def test_what_is_not_one_object_is_never_mended(content: str) -> None:
    reading = read_reply(raw(content))
    assert (reading.status, reading.remedy) == (Status.MALFORMED, Remedy.AGAIN)
    assert reading.completion == Completion("", SPENT, "the reply is not one JSON object")


def test_the_first_of_two_choices_and_an_unknown_finish_are_taken() -> None:
    two = envelope('{"a": 1}', finish="eos")
    two["choices"].append(envelope('{"a": 2}')["choices"][0])
    assert read_completion(json.dumps(two).encode()).text == '{"a": 1}'


@pytest.mark.parametrize(
    ("usage", "spent"),
    [
        (None, UNKNOWN),
        ("many", UNKNOWN),
        ({"prompt_tokens": -5, "completion_tokens": "10"}, UNKNOWN),
        ({"prompt_tokens": True, "completion_tokens": 1e6}, UNKNOWN),
        ({"prompt_tokens": 10**12, "completion_tokens": 3}, Spent(1, None, None, 3)),
        ({"prompt_tokens": 5, "completion_tokens": 3, "prompt_tokens_details": None}, Spent(1, 5, None, 3)),
        ({"prompt_tokens": 5, "prompt_tokens_details": {"cached_tokens": 9}}, Spent(1, 5, None, None)),
        (
            {"prompt_tokens": 5, "completion_tokens": 0, "prompt_tokens_details": {"cached_tokens": 0}},
            Spent(1, 5, 0, 0),
        ),
    ],
)
def test_token_counts_that_cannot_be_are_unknown(usage: object, spent: Spent) -> None:
    body = json.dumps({**envelope('{"a": 1}'), "usage": usage}).encode()
    assert read_completion(body) == Completion('{"a": 1}', spent)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda x: st.lists(x) | st.dictionaries(st.text(), x),
)


@given(body=st.binary() | JSON.map(lambda value: json.dumps(value).encode()))
def test_no_bytes_make_the_reader_raise(body: bytes) -> None:
    assert read_reply(body).status is not Status.OK


@given(message=st.dictionaries(st.sampled_from(["content", "refusal", "role"]), JSON), finish=JSON)
def test_no_message_makes_the_reader_raise(message: dict[str, Any], finish: object) -> None:
    body = json.dumps({"choices": [{"message": message, "finish_reason": finish}], "usage": message}).encode()
    assert read_reply(body).completion.failure or read_reply(body).completion.text


@given(
    st.dictionaries(st.text(), st.text() | st.integers(), min_size=1),
    st.sampled_from(["{}", "```json\n{}\n```", "So:\n{}"]),
)
def test_an_object_comes_through_with_its_values(value: dict[str, Any], around: str) -> None:
    text = read_completion(raw(around.replace("{}", json.dumps(value)))).text
    assert json.loads(text) == json.loads(json.dumps(value).encode("utf-8", "replace"))
