"""`briefer doctor` against servers that take more or less of a request."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.cli.command import Outcome, run, write
from tests.cli.desk import KEY
from tests.server import CLOSE, Answer, Loopback, Received, completion, reply

ALL = frozenset({"strict", "schema", "json", "temperature", "max_tokens", "max_completion_tokens", "stream", "usage"})
CACHED = 1408


class Server:
    """A server that takes of a request what `takes` names, and rejects, or where told so ignores, the rest."""

    def __init__(
        self, loopback: Loopback, takes: frozenset[str] = ALL, *, ignores: frozenset[str] = frozenset()
    ) -> None:
        self.takes, self.ignores = takes, ignores
        self.paid: list[dict[str, int]] = []
        loopback.handle(self.answer)

    def answer(self, request: Received) -> Answer:
        body = request.json
        for name, words in asked_for(body).items():
            if name not in self.takes | self.ignores:
                return reply(400, {"error": {"message": words}})
        size = sum(len(message["content"]) for message in body["messages"]) // 4
        usage = {"prompt_tokens": size, "completion_tokens": 7}
        usage["prompt_tokens_details"] = {"cached_tokens": CACHED if self.paid else 0}  # type: ignore[assignment]
        self.paid.append({"in": size, "out": 7})
        schema = {"strict", "schema"} & asked_for(body).keys() & self.ignores
        text = "It is white." if schema else '{"colour": "white"}'
        return self.said(text, usage if "usage" in self.takes else None, bool(body["stream"]))

    def said(self, text: str, usage: object, stream: bool) -> Answer:
        if not stream or "stream" in self.ignores:
            return reply(200, {"choices": [{"message": {"content": text}, "finish_reason": "stop"}], "usage": usage})
        chunks: list[Any] = [
            {"choices": [{"index": 0, "delta": {"content": text}}]},
            {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]},
            {"choices": [], "usage": usage},
        ]
        events = "".join(f"data: {json.dumps(chunk)}\n\n" for chunk in chunks) + "data: [DONE]\n\n"
        return reply(200, events, {"Content-Type": "text/event-stream"})


def asked_for(body: Mapping[str, Any]) -> dict[str, str]:
    """What a request asks for, each with the words in which a server rejects it."""
    format_ = body.get("response_format", {})
    strict = "strict" if format_.get("json_schema", {}).get("strict") else "schema"
    shapes = {"json_schema": strict, "json_object": "json"}
    found = {shapes[format_["type"]]: f"response_format {format_['type']} is not supported"} if format_ else {}
    for name in ("temperature", "max_tokens", "max_completion_tokens"):
        if name in body:
            found[name] = f"Unsupported parameter: '{name}' is not supported with this model."
    if body.get("stream"):
        found["stream"] = "unknown field: stream_options"
    return found


def doctor(loopback: Loopback, cwd: Path, *args: str, env: Mapping[str, str] | None = None) -> Outcome:
    told = {"BRIEFER_BASE_URL": loopback.base_url, "BRIEFER_MODEL": "m", "OPENAI_API_KEY": KEY, **(env or {})}
    outcome = run("doctor", *args, cwd=cwd, env=told)
    assert KEY not in outcome.out + outcome.err
    return outcome


def rows(outcome: Outcome) -> dict[str, str]:
    return {line[:13].strip(): line[13:] for line in outcome.out.splitlines()}


def test_a_server_that_takes_everything(tmp_path: Path, loopback: Loopback) -> None:
    server = Server(loopback)
    outcome = doctor(loopback, tmp_path)
    assert outcome.code == 0
    found = rows(outcome)
    assert re.fullmatch(r"\d\S*, Python 3\.\S+, openai \S+, genai-prices \S+", found["briefer"])
    assert found["config"].startswith("briefer.toml (not there); ")
    assert found["model"] == "m (BRIEFER_MODEL)"
    assert found["address"] == f"{loopback.base_url} (BRIEFER_BASE_URL)"
    assert (found["key"], found["proxy"], found["remembered"]) == ("set (OPENAI_API_KEY)", "none", "nothing")
    assert found["price"] == "unknown: the price list has no such model at this address"
    assert found["reachable"] == "yes"
    assert re.fullmatch(r"yes, in \d+\.\d s, then \d+\.\d s", found["answers"])
    names = ("format", "temperature", "reply limit", "streaming", "usage")
    assert [found[name] for name in names] == [
        "strict JSON schema",
        "taken",
        "as max_tokens",
        "yes",
        "tokens are counted, in streamed replies too",
    ]
    assert found["cache"] == f"1,408 of {server.paid[1]['in']:,} tokens of the second call"
    assert [bool(request.json["stream"]) for request in loopback.requests] == [True, False]
    first, second = (request.json["messages"] for request in loopback.requests)
    assert first[:2] == second[:2]
    assert sum(len(message["content"]) for message in first[:2]) > 4 * 1024  # a provider keeps no less
    assert not list(tmp_path.iterdir())


def test_it_says_first_what_it_may_take_and_takes_no_more(tmp_path: Path, loopback: Loopback) -> None:
    server = Server(loopback, ignores=frozenset({"strict"}))
    outcome = doctor(loopback, tmp_path)
    told = re.fullmatch(
        r"asking twice; at most (\d+) paid calls, ([\d,]+) tokens in, ([\d,]+) out, cost unknown",
        outcome.lines[0],
    )
    assert told
    calls, sent, out = (int(number.replace(",", "")) for number in told.groups())
    assert len(server.paid) <= calls
    assert sum(paid["in"] for paid in server.paid) <= sent
    assert sum(paid["out"] for paid in server.paid) <= out


@pytest.mark.parametrize(
    ("lacking", "told"),
    [
        ({"strict"}, {"format": "JSON schema, not a strict one"}),
        ({"strict", "schema"}, {"format": "JSON mode, the schema in the prompt"}),
        ({"strict", "schema", "json"}, {"format": "the schema in the prompt alone"}),
        ({"temperature"}, {"temperature": "refused: the model's own is used"}),
        ({"max_tokens"}, {"reply limit": "as max_completion_tokens"}),
        ({"max_tokens", "max_completion_tokens"}, {"reply limit": "refused: a reply may be of any length"}),
        ({"stream"}, {"streaming": "refused"}),
        (
            {"strict", "temperature", "max_tokens", "stream"},
            {"format": "JSON schema, not a strict one", "reply limit": "as max_completion_tokens"},
        ),
    ],
)
def test_what_a_server_refuses_is_said_and_remembered(
    tmp_path: Path, loopback: Loopback, lacking: set[str], told: Mapping[str, str]
) -> None:
    Server(loopback, ALL - lacking)
    outcome = doctor(loopback, tmp_path)
    found = rows(outcome)
    assert (outcome.code, {name: found[name] for name in told}) == (0, dict(told))
    assert found["calls"].startswith(f"{2 + len(lacking)}, {len(lacking)} of them refused and free")
    made = len(loopback.requests)
    again = doctor(loopback, tmp_path, "--offline")
    remembered = rows(again)["remembered"]
    for name in told.values():
        if name in ("JSON schema, not a strict one", "the schema in the prompt alone"):
            assert name in remembered
    assert remembered != "nothing"
    assert re.search(r" \(\d{4}-\d\d-\d\d\)$", remembered)
    assert rows(doctor(loopback, tmp_path, "--offline", "--forget"))["remembered"] == "nothing"
    assert rows(doctor(loopback, tmp_path, "--offline"))["remembered"] == "nothing"
    assert len(loopback.requests) == made


def test_what_is_remembered_is_asked_anew(tmp_path: Path, loopback: Loopback) -> None:
    Server(loopback, ALL - {"temperature"})
    doctor(loopback, tmp_path)
    assert "no temperature" in rows(doctor(loopback, tmp_path, "--offline"))["remembered"]
    Server(loopback)
    assert rows(doctor(loopback, tmp_path))["temperature"] == "taken"
    assert rows(doctor(loopback, tmp_path, "--offline"))["remembered"] == "nothing"


def test_a_schema_that_is_taken_and_not_followed(tmp_path: Path, loopback: Loopback) -> None:
    Server(loopback, ignores=frozenset({"strict", "schema"}), takes=ALL - {"strict", "schema"})
    outcome = doctor(loopback, tmp_path)
    assert (outcome.code, rows(outcome)["format"]) == (
        0,
        "JSON mode, the schema in the prompt (a schema is taken and not followed)",
    )
    assert rows(doctor(loopback, tmp_path, "--offline"))["remembered"] == "nothing"  # one such reply may be chance


def test_a_server_that_does_not_count_and_one_that_streams_in_one_piece(tmp_path: Path, loopback: Loopback) -> None:
    Server(loopback, ALL - {"usage"})
    found = rows(doctor(loopback, tmp_path))
    assert (found["usage"], found["cache"]) == ("tokens are not counted, so no cost can be told", "not told")
    Server(loopback, ignores=frozenset({"stream"}))
    found = rows(doctor(loopback, tmp_path))
    assert (found["streaming"], found["usage"]) == ("taken, but answered in one piece", "tokens are counted")


@pytest.mark.parametrize(
    ("answer", "code", "row", "words"),
    [
        (reply(401, {"error": {"message": f"bad key {KEY}"}}), 4, "answers", "no: 127.0.0.1"),
        (reply(404, {"error": {"message": "no such model"}}), 4, "answers", "no: 127.0.0.1"),
        (reply(503, "busy"), 5, "answers", "no: 127.0.0.1"),
        (reply(200, "<html>"), 5, "answers", "no: 127.0.0.1"),
        ([CLOSE], 5, "reachable", "no"),
        (completion("white"), 9, "answers", "no: the reply is not one JSON object"),
        (completion(None, refusal="no"), 9, "answers", "no: the model refused"),
    ],
)
def test_the_exit_code_says_what_stands_in_the_way(
    tmp_path: Path, loopback: Loopback, answer: Answer, code: int, row: str, words: str
) -> None:
    loopback.script(answer)
    outcome = doctor(loopback, tmp_path)
    assert (outcome.code, rows(outcome)[row][: len(words)]) == (code, words)
    assert "format" not in rows(outcome)
    assert any(line.startswith("briefer: ") for line in outcome.lines) == (code != 9)


def test_a_second_call_that_fails_leaves_what_the_first_showed(tmp_path: Path, loopback: Loopback) -> None:
    loopback.script(completion('{"colour": "white"}'), reply(402, {"error": {"message": "no credit"}}))
    outcome = doctor(loopback, tmp_path)
    found = rows(outcome)
    assert (outcome.code, found["format"], found["cache"]) == (4, "strict JSON schema", "not told")
    assert found["second call"].startswith("failed: the account at 127.0.0.1")


def test_without_a_model_or_a_key_nobody_is_asked(tmp_path: Path, loopback: Loopback) -> None:
    plain = run("doctor", cwd=tmp_path)
    assert (plain.code, plain.lines) == (0, ["no model is named, so there is nobody to ask: --model NAME"])
    assert rows(plain)["key"] == "none"
    keyless = run("doctor", "--model", "m", "--offline", cwd=tmp_path)
    assert keyless.code == 4
    assert keyless.lines[0] == "briefer: there is no key for api.openai.com"
    assert rows(keyless)["model"] == "m (--model)"
    local = run("doctor", "--model", "m", "--base-url", loopback.base_url, "--offline", cwd=tmp_path)
    assert (local.code, rows(local)["key"]) == (0, "none, and none is needed on this machine")
    assert loopback.requests == []


def test_a_price_is_told_by_the_million(tmp_path: Path) -> None:
    env = {"BRIEFER_API_KEY": KEY}
    told = run("doctor", "--model", "gpt-4o-mini", "--offline", cwd=tmp_path, env=env)
    assert rows(told)["price"] == "$0.15 in, $0.0750 cached, $0.60 out, a million tokens"
    assert rows(told)["key"] == "set (BRIEFER_API_KEY)"


def test_a_password_in_an_address_is_not_shown(tmp_path: Path) -> None:
    write(tmp_path / "briefer.toml", 'model = "m"\n')
    env = {
        "BRIEFER_BASE_URL": "http://ann:secret-word@127.0.0.1:9/v1",
        "http_proxy": "http://bob:hidden-word@127.0.0.1:8",
    }
    told = run("doctor", "--offline", cwd=tmp_path, env=env)
    assert "word" not in told.out + told.err
    assert rows(told)["proxy"] == "127.0.0.1:8"
    assert rows(told)["model"] == "m (briefer.toml)"
    assert rows(told)["config"].startswith("briefer.toml; ")
