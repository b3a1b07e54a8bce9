"""Good statuses with something in the body that is no chat completion, or too much of one."""

from __future__ import annotations

import gzip
import json
import zlib
from collections.abc import Iterator
from functools import cache
from typing import Any

from tests.cli.command import Outcome
from tests.cli.desk import REPLIES
from tests.fake import wire
from tests.faults.row import Fault, bill, error
from tests.faults.stage import Stage
from tests.server import Answer, Step, envelope, reply

FOUR = ("whats_happened", "behind_the_headline", "how_we_got_here", "go_deeper")


def good(token: str, call: str = "topics", **fields: Any) -> dict[str, Any]:
    """The envelope of a good reply, with other fields."""
    return {**envelope(wire(token, **REPLIES[call])), **fields}


def malformed(name: str, what: str, *answers: Answer, cause: str, **more: Any) -> Fault:
    """A row of an answer that is no chat completion, to every attempt."""
    asked = more.pop("asked", 2)
    return Fault(
        name=name,
        what=what,
        answers={"topics": answers},
        calls={"topics": " ".join(["malformed"] * asked)},
        code=5,
        reads=error(cause, **more),
        again=0,
    )


# Broken JSON


def cut(token: str) -> Answer:
    return reply(200, json.dumps(good(token))[:-20])


def not_utf8(token: str) -> Answer:
    return reply(200, json.dumps(good(token)).encode().replace(b"port", b"p\xff\xfert"))


def keeps_the_raw_bytes(stage: Stage, _: Outcome) -> None:
    [bad, _good] = [record.body for record in stage.records if record.section == "topics"]
    assert b"p\xff\xfert" in bad


@cache
def nested() -> Answer:
    return reply(200, b'{"choices":' + b"[" * 200_000)


@cache
def numerous() -> Answer:
    return reply(200, b'{"created":' + b"9" * 6000 + b',"choices":[]}')


# Packed, and without end


def packed_badly(token: str) -> Answer:
    whole = gzip.compress(json.dumps(good(token)).encode())
    return reply(200, whole[:-12], {"Content-Encoding": "gzip"})


def not_packed(_: str) -> Answer:
    return reply(200, b"\x1f\x8b\x08 junk" * 9, {"Content-Encoding": "gzip"})


@cache
def bomb() -> Answer:
    """256 MB of spaces in 250 kB."""
    packer = zlib.compressobj(9, wbits=31)
    whole = b"".join(packer.compress(b" " * 2**20) for _ in range(256)) + packer.flush()
    return reply(200, whole, {"Content-Encoding": "gzip"})


def endless(_: str) -> Iterator[Step]:
    yield b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n"
    while True:
        yield b" " * 2**16


def explodes(_: str) -> Answer:
    return bomb()


MOST_MEMORY = 200  # MB; 256 MB unpacked would pass it, and the program itself takes about 100


def lightly(stage: Stage) -> Outcome:
    """Run, and hold the most memory that the command ever had."""
    outcome, most = stage.weighed()
    assert most < MOST_MEMORY, f"{most} MB"
    return outcome


SIZE = error("{host} sent more than 8 MB for one reply", next_="check the base URL, or use another server")

NO_COMPLETION = (
    Fault(
        name="body-cut",
        what="The JSON of one answer breaks off, though its length is the one announced.",
        answers={"topics": [cut, {}]},
        calls={"topics": "malformed ok"},
        code=0,
        reads=(bill(3, counted=False),),
    ),
    malformed(
        "body-cut-throughout",
        "The JSON of every answer breaks off, though its length is the one announced.",
        reply(200, '{"choices": ['),
        cause="{host}: the server's answer is not JSON (2 tries) (model m)",
    ),
    malformed(
        "body-empty",
        "The answers are empty.",
        reply(200, ""),
        cause="{host}: the server's answer is empty (2 tries) (model m)",
    ),
    Fault(
        name="body-html",
        what="A log-in page of a network in between answers in the server's place.",
        answers={"topics": [reply(200, "<html><body>Log in</body></html>", {"Content-Type": "text/html"})]},
        calls={"topics": "http http http"},
        code=5,
        reads=error("{host}: the server's answer is HTML, not JSON: is a proxy in between? (3 tries) (model m)"),
        again=0,
    ),
    Fault(
        name="body-not-an-object",
        what="Answers are JSON, but null, a list, a number or an empty object.",
        sections=FOUR,
        answers={call: [reply(200, text), {}] for call, text in zip(FOUR, ("null", "[]", "5", "{}"), strict=True)},
        calls=dict.fromkeys(FOUR, "malformed ok"),
        code=0,
        reads=(bill(8, counted=False),),
    ),
    malformed(
        "body-not-an-object-throughout",
        "Every answer is null.",
        reply(200, "null"),
        cause="{host}: the server's answer is not a chat completion (2 tries) (model m)",
    ),
    Fault(
        name="body-error-for-a-while",
        what="The status is good, and the body says that the server is overloaded.",
        answers={"topics": [reply(200, {"error": {"code": 502, "message": "upstream overloaded"}}), {}]},
        calls={"topics": "http ok"},
        code=0,
        reads=(bill(),),
    ),
    Fault(
        name="body-error-of-the-key",
        what="The status is good, and the body says that the key is wrong.",
        answers={"topics": [reply(200, {"error": {"code": "invalid_api_key", "message": "no such key"}})]},
        calls={"topics": "http"},
        code=4,
        reads=error("{host} refused the key (model m)", next_="set BRIEFER_API_KEY to a key of {host}"),
        again=0,
    ),
    Fault(
        name="body-error-throughout",
        what="The status is good, and the body is an error without a code.",
        answers={"topics": [reply(200, {"error": "the model crashed"})]},
        calls={"topics": "http http http"},
        code=5,
        reads=error("{host} answered 500: the model crashed (3 tries) (model m)"),
        again=0,
    ),
    Fault(
        name="body-no-choices",
        what="Answers are chat completions without a choice, with null for it, or with a choice without a message.",
        sections=FOUR[:3],
        answers={
            call: [reply(200, {**envelope("x"), "choices": choices}), {}]
            for call, choices in zip(FOUR, ([], None, [{"message": None}]), strict=False)
        },
        calls=dict.fromkeys(FOUR[:3], "malformed ok"),
        code=0,
        reads=(bill(6),),
    ),
    malformed(
        "body-no-choices-throughout",
        "Every answer is a chat completion without a choice.",
        reply(200, {**envelope("x"), "choices": []}),
        cause="{host}: the server's answer holds no reply (2 tries) (model m)",
    ),
    Fault(
        name="body-not-utf-8",
        what="The bytes of an answer are not UTF-8; they are kept as they came.",
        answers={"topics": [not_utf8, {}]},
        calls={"topics": "malformed ok"},
        code=0,
        reads=(bill(3, counted=False),),
        proof=keeps_the_raw_bytes,
    ),
    Fault(
        name="body-gzip-damaged",
        what="A compressed answer is cut, or is no gzip at all.",
        sections=("whats_happened", "topics"),
        answers={"whats_happened": [packed_badly, {}], "topics": [not_packed, {}]},
        calls={"whats_happened": "malformed ok", "topics": "malformed ok"},
        code=0,
        reads=(bill(4, counted=False),),
    ),
    Fault(
        name="body-nested-and-numerous",
        what="An answer is nested 200,000 deep; another holds a number of 6,000 digits.",
        answers={"whats_happened": [lambda _: nested(), {}], "topics": [lambda _: numerous(), {}]},
        calls={"whats_happened": "malformed ok", "topics": "malformed ok"},
        code=0,
        reads=(bill(4, counted=False),),
    ),
    malformed(
        "body-stream",
        "The server streams, though it was asked not to.",
        reply(200, 'data: {"choices":[]}\n\ndata: [DONE]\n\n', {"Content-Type": "text/event-stream"}),
        cause="{host}: the server streams, though it was asked not to",
        next_="check the base URL",
        asked=1,
    ),
)

TOO_MUCH = (
    Fault(
        name="body-gzip-bomb",
        what="An answer of 250 kB unpacks to 256 MB.",
        answers={"topics": [explodes]},
        play=lightly,
        calls={"topics": "unknown"},
        code=5,
        reads=SIZE,
        again=0,
    ),
    Fault(
        name="body-endless",
        what="An answer never ends.",
        answers={"topics": [endless]},
        play=lightly,
        calls={"topics": "unknown"},
        code=5,
        reads=SIZE,
        again=0,
    ),
)


def usage(value: object) -> Any:
    return lambda token: reply(200, good(token, usage=value))


USAGE = (
    Fault(
        name="body-usage-unusable",
        what="The count of tokens is missing, negative, a text, or absurdly large.",
        answers={"topics": [usage({"prompt_tokens": -5, "completion_tokens": "many"})]},
        calls={"topics": "ok"},
        code=0,
        reads=(bill(2, counted=False),),
    ),
)

ROWS = (*NO_COMPLETION, *TOO_MUCH, *USAGE)
