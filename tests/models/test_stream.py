"""A streamed answer reads as the same answer in one piece; what is cut, broken or unasked for is none."""

from __future__ import annotations

import json
from typing import Any

import pytest

from briefer.calls import Completion, Spent
from briefer.journal import Status
from briefer.models.answers import Answer, Asked
from briefer.models.chat import Remedy, read_reply
from briefer.models.stream import has_begun, is_stream, joined, whole

USAGE = {"prompt_tokens": 100, "completion_tokens": 10, "prompt_tokens_details": {"cached_tokens": 40}}


def chunk(finish: str | None = None, **delta: Any) -> dict[str, Any]:
    return {"object": "chat.completion.chunk", "choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}


def events(*chunks: Any, end: str = "\n\n", done: bool = True) -> bytes:
    told = [f"data: {json.dumps(c)}" if isinstance(c, dict) else c for c in chunks]
    return "".join(f"{line}{end}" for line in [*told, *(["data: [DONE]"] if done else [])]).encode()


WHOLE = [
    chunk(role="assistant", content=""),
    chunk(content='{"a": '),
    chunk(content="1}"),
    chunk(finish="stop"),
    {"choices": [], "usage": USAGE},
]


@pytest.mark.parametrize("end", ["\n\n", "\r\n\r\n", "\r\r"])
def test_the_pieces_add_up(end: str) -> None:
    reading = read_reply(events(": keep-alive", *WHOLE, end=end))
    assert (reading.status, reading.completion) == (Status.OK, Completion('{"a": 1}', Spent(1, 100, 40, 10)))


def test_without_a_count_the_tokens_are_unknown() -> None:
    assert read_reply(events(*WHOLE[:-1])).completion == Completion('{"a": 1}', Spent(1, None, None, None))


@pytest.mark.parametrize(("done", "status"), [(True, Status.OK), (False, Status.MALFORMED)])
def test_an_end_is_a_reason_to_finish_or_the_mark(done: bool, status: Status) -> None:
    reading = read_reply(events(*WHOLE[:3], done=done))
    assert reading.status is status
    if not done:
        assert (reading.remedy, reading.completion.spent) == (Remedy.RESEND, Spent(1, None, None, None))
        assert reading.completion.failure == "the server's stream breaks off or cannot be read"


def test_thoughts_other_choices_and_other_events_are_left_aside() -> None:
    raw = events(
        "event: ping",
        "data:",
        chunk(reasoning_content="Let me see: {"),
        {"choices": [{"index": 1, "delta": {"content": "no"}}]},
        *WHOLE,
    )
    with pytest.raises(ValueError, match="Expecting value"):
        joined(raw)  # an empty piece of data is no chunk
    assert read_reply(raw.replace(b"data:\n\n", b"")).completion.text == '{"a": 1}'


@pytest.mark.parametrize(
    ("chunks", "status", "failure"),
    [
        ([chunk(content='{"a"'), chunk(finish="length")], Status.TRUNCATED, "the reply was cut at its length limit"),
        ([chunk(refusal="I can"), chunk(refusal="not"), chunk(finish="stop")], Status.REFUSED, "the model refused"),
        ([chunk(finish="content_filter")], Status.REFUSED, "the provider's content filter stopped the reply"),
        ([chunk(content=""), chunk(finish="stop")], Status.EMPTY, "the reply is empty"),
        (["data: {"], Status.MALFORMED, "the server's stream breaks off or cannot be read"),
        (["data: 5"], Status.MALFORMED, "the server's stream breaks off or cannot be read"),
    ],
)
def test_what_is_no_reply_says_why(chunks: list[Any], status: Status, failure: str) -> None:
    reading = read_reply(events(*chunks))
    assert (reading.status, reading.completion.failure) == (status, failure)


def test_an_error_in_the_middle_is_handed_on() -> None:
    reading = read_reply(events(*WHOLE[:2], {"error": {"code": 503, "message": "overloaded"}}, done=False))
    assert (reading.remedy, reading.error) == (Remedy.ERROR, {"code": 503, "message": "overloaded"})


@pytest.mark.parametrize("body", [b'data: {"choices":[]}\n\n', b": keep-alive\n\ndata: [DONE]", b"event: x\n"])
def test_a_stream_that_nobody_asked_for_is_not_a_reply(body: bytes) -> None:
    answer = Answer(Asked(), status=200, body=bytearray(body), complete=True)
    assert (answer.outcome, answer.reading().remedy) == (Status.MALFORMED, Remedy.STOP)
    assert answer.reading().completion.failure == "the server streams, though it was asked not to"


def test_a_reply_begins_with_its_first_piece() -> None:
    begun: list[bool] = []
    answer = Answer(Asked(streamed=True), lambda: begun.append(True), status=200)
    for event in (chunk(role="assistant", content=""), chunk(reasoning=None), chunk(content="x"), chunk(content="y")):
        assert begun == ([True] if has_begun(answer.body) else [])
        answer.add(events(event, done=False))
    assert begun == [True]


def test_an_error_is_no_beginning() -> None:
    begun: list[bool] = []
    Answer(Asked(streamed=True), lambda: begun.append(True), status=500).add(b'{"content": "no"}')
    assert begun == []


@pytest.mark.parametrize(
    "chunks",
    [
        WHOLE,
        [chunk(content='{"a"'), chunk(finish="length")],
        [chunk(refusal="I cannot"), chunk(finish="stop")],
        [*WHOLE[:2], {"error": {"code": 503, "message": "overloaded"}}],
    ],
    ids=["whole", "cut at its length", "refused", "an error in the middle"],
)
def test_a_stream_put_in_one_piece_reads_the_same(chunks: list[Any]) -> None:
    raw = events(*chunks)
    assert not is_stream(whole(raw))
    assert read_reply(whole(raw)) == read_reply(raw)
    assert whole(whole(raw)) == whole(raw)


@pytest.mark.parametrize("raw", [events(*WHOLE[:2], done=False), b'{"choices": []}', b"data: {", b"<html>"])
def test_what_cannot_be_put_in_one_piece_is_left_as_it_came(raw: bytes) -> None:
    assert whole(raw) == raw
