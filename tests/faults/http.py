"""Error statuses, redirects, and what is not HTTP at all."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from typing import Any

from tests.cli.command import Outcome
from tests.cli.desk import KEY, REPLIES
from tests.faults.row import Fault, bill, error, lead
from tests.faults.stage import Stage
from tests.server import CLOSE, Answer, Loopback, Step, completion, reply

HTML = "<html><head><title>502</title></head><body>bad\x1b[31m gateway</body></html>"


def refusal(status: int, message: str = "", headers: dict[str, str] | None = None, **fields: Any) -> bytes:
    """An error answer in the form of OpenAI's API."""
    return reply(status, {"error": {"message": message, **fields}}, headers)


def slow_down(**headers: str) -> bytes:
    """A 429 with headers, their names written with underscores."""
    return refusal(429, "slow down", {name.replace("_", "-"): value for name, value in headers.items()})


# What is healed within the call


def waits_as_told(stage: Stage, _: Outcome) -> None:
    [gap] = stage.gaps()
    assert 1.0 <= gap < 1.5


def waits_the_longest(stage: Stage, _: Outcome) -> None:
    [gap] = stage.gaps()
    assert 0.6 <= gap < 1.1


def waits_until(_: str) -> Answer:
    return slow_down(Retry_After=format_datetime(datetime.now(UTC) + timedelta(seconds=2), usegmt=True))


def waits_for_the_date(stage: Stage, _: Outcome) -> None:
    [gap] = stage.gaps()
    assert 0.9 <= gap < 2.5  # a date counts whole seconds


def waits_little(stage: Stage, _: Outcome) -> None:
    assert all(stage.gaps(call)[0] < 0.5 for call in UNREADABLE)


UNREADABLE = {
    "whats_happened": "nan",
    "behind_the_headline": "-5",
    "how_we_got_here": "inf",
    "go_deeper": "Fri, 99 Xxx 2026 00:00:00 GMT",
    "topics": "Fri, 06 Nov 2020 08:49:37 GMT",
}
WAITS = (
    Fault(
        name="http-429-wait-told",
        what="The server is busy and says to wait one second.",
        answers={"topics": [slow_down(Retry_After="1"), {}]},
        env={"BRIEFER_MAX_WAIT": "5"},
        calls={"topics": "http ok"},
        code=0,
        reads=(bill(),),
        proof=waits_as_told,
    ),
    Fault(
        name="http-429-wait-too-long",
        what="The server is busy and says to wait an hour, longer than the longest pause.",
        answers={"topics": [slow_down(Retry_After="3600")]},
        calls={"topics": "http"},
        code=5,
        reads=error("{host} answered 429: slow down; it asks to wait until {minute} (model m)"),
        again=0,
    ),
    Fault(
        name="http-429-wait-unreadable",
        what="The server is busy and names a time to wait that is no time, is negative, or has passed.",
        sections=tuple(UNREADABLE),
        answers={call: [slow_down(Retry_After=told), REPLIES[call]] for call, told in UNREADABLE.items()},
        calls=dict.fromkeys(UNREADABLE, "http ok"),
        code=0,
        reads=(bill(5),),
        proof=waits_little,
    ),
    Fault(
        name="http-429-wait-date",
        what="The server is busy and names the moment from which it can be asked again.",
        answers={"topics": [waits_until, {}]},
        env={"BRIEFER_MAX_WAIT": "5"},
        calls={"topics": "http ok"},
        code=0,
        reads=(bill(),),
        proof=waits_for_the_date,
    ),
    Fault(
        name="http-429-wait-in-other-headers",
        what="The server is busy and tells the time to wait in several headers of its own; the longest counts.",
        answers={
            "topics": [
                slow_down(Retry_After_Ms="200", X_RateLimit_Reset_Requests="20ms", X_RateLimit_Reset_Tokens="600ms"),
                {},
            ]
        },
        env={"BRIEFER_MAX_WAIT": "5"},
        calls={"topics": "http ok"},
        code=0,
        reads=(bill(),),
        proof=waits_the_longest,
    ),
    Fault(
        name="http-429-throughout",
        what="The server stays busy for as long as the longest wait allows.",
        answers={"topics": [slow_down(Retry_After_Ms="400")]},
        env={"BRIEFER_MAX_WAIT": "1", "BRIEFER_ATTEMPTS": "1"},
        calls={"topics": "http http http"},
        code=5,
        reads=error(
            "{host} answered 429: slow down; it asks to wait until {minute} (3 tries in 0.8 s of waiting) (model m)"
        ),
        again=0,
    ),
    Fault(
        name="http-429-throughout-without-a-word",
        what="The server stays busy for as long as the longest wait allows, and names no time to wait.",
        answers={"topics": [slow_down()]},
        env={"BRIEFER_MAX_WAIT": "0.4"},
        calls={"topics": "http http"},
        code=5,
        reads=error("{host} answered 429: slow down (2 tries in 0.4 s of waiting) (model m)"),
        again=0,
    ),
    Fault(
        name="http-5xx-for-a-while",
        what="The server, or a gateway before it, fails in five ways, in JSON and in HTML, then answers.",
        answers={
            "topics": [
                refusal(500, "oops"),
                *(reply(status, HTML, {"Content-Type": "text/html"}) for status in (502, 503, 504)),
                refusal(529, "overloaded"),
                {},
            ]
        },
        env={"BRIEFER_ATTEMPTS": "6"},
        calls={"topics": "http http http http http ok"},
        code=0,
        reads=(bill(),),
    ),
    Fault(
        name="http-5xx-throughout",
        what="A gateway answers every attempt with a page of its own.",
        answers={"topics": [reply(503, HTML + " sorry" * 9000, {"Content-Type": "text/html"})]},
        calls={"topics": "http http http"},
        code=5,
        reads=error(
            "{host} answered 503: <html><head><title>502</title></head><body>bad [31m gateway</body></html> sorry "
            "(3 tries) (model m)"
        ),
        again=0,
    ),
    Fault(
        name="http-outcome-open",
        what="Timed out, in conflict, too early: the server gives a call up that it may have worked on.",
        answers={"topics": [reply(408), refusal(409, "conflict"), reply(425), {}]},
        env={"BRIEFER_ATTEMPTS": "4"},
        calls={"topics": "unknown unknown unknown ok"},
        code=0,
        reads=(bill(maybe=3),),
    ),
    Fault(
        name="http-outcome-open-throughout",
        what="The server gives every attempt up that it may have worked on.",
        answers={"topics": [refusal(408, "took too long")]},
        calls={"topics": "unknown unknown unknown"},
        code=5,
        reads=error("{host} answered 408: took too long (3 tries) (model m)"),
        again=0,
    ),
)

# What needs a person, or another request


def redirected(stage: Stage) -> Outcome:
    """Run against a server that sends callers elsewhere, and see that nobody arrives there."""
    elsewhere = Loopback()
    elsewhere.script(completion("{}"))
    try:
        target = f"http://localhost:{elsewhere.port}/v1/chat/completions"
        stage.model.replies["topics"] = reply(307, "", {"Location": target})
        outcome = stage.run()
        assert elsewhere.connections == 0
        assert outcome.lines[0] == (
            f"briefer: {stage.host} redirects to http://localhost:{elsewhere.port}; nothing was sent there (model m)"
        )
    finally:
        elsewhere.close()
    return outcome


def turned_round(stage: Stage) -> Outcome:
    stage.model.replies["topics"] = reply(308, "", {"Location": "/v1/chat/completions"})
    return stage.run()


def without_formats(_: str) -> Answer:
    return refusal(400, "This model does not support response_format json_schema", param="response_format")


PERSON = (
    Fault(
        name="http-429-no-credit",
        what="The account has run out of credit; waiting will not help.",
        answers={"topics": [refusal(429, "You exceeded your current quota", code="insufficient_quota")]},
        calls={"topics": "http"},
        code=4,
        reads=error(
            "the account at {host} has no credit left (model m)",
            next_="add credit or raise its limit, then run the same command again",
        ),
        again=0,
    ),
    Fault(
        name="http-401-key-refused",
        what="The key is refused, and the answer repeats it.",
        answers={"topics": [refusal(401, f"Incorrect API key provided: {KEY}", code=KEY)]},
        calls={"topics": "http"},
        code=4,
        reads=error("{host} refused the key (model m)", next_="set BRIEFER_API_KEY to a key of {host}"),
        again=0,
    ),
    Fault(
        name="http-403-forbidden",
        what="The key is good, but not for this model.",
        answers={"topics": [refusal(403, "Project has no access to the model")]},
        calls={"topics": "http"},
        code=4,
        reads=error(
            "{host} does not allow this key to use m: Project has no access to the model",
            next_="use another key or another model",
        ),
        again=0,
    ),
    Fault(
        name="http-404-no-such-model",
        what="The server does not know the model.",
        answers={"topics": [refusal(404, "The model does not exist", code="model_not_found")]},
        calls={"topics": "http"},
        code=4,
        reads=error(
            "{host} has no model m, or nothing at this address: The model does not exist",
            next_="check --model and the base URL",
        ),
        again=0,
    ),
    Fault(
        name="http-redirect-elsewhere",
        what="The server sends the call, with the articles in it, to another address.",
        play=redirected,
        calls={"topics": "http"},
        code=4,
        reads=error(
            "{host} redirects to http://localhost:{number}; nothing was sent there (model m)",
            next_="if you trust that address, set it as the base URL",
        ),
        again=0,
    ),
    Fault(
        name="http-redirect-loop",
        what="The server sends the call back to where it came from, for ever.",
        play=turned_round,
        calls={"topics": "http"},
        code=4,
        reads=error(
            "{host} redirects to http://{host}; nothing was sent there (model m)",
            next_="if you trust that address, set it as the base URL",
        ),
        again=0,
    ),
    Fault(
        name="http-400-no-schemas",
        what="The server takes no JSON Schema; it gets the schema in the prompt.",
        answers={"topics": [without_formats, {}]},
        calls={"topics": "http ok"},
        code=0,
        reads=(bill(),),
    ),
    Fault(
        name="http-400-no-form-at-all",
        what="The server refuses every form in which a reply can be asked for.",
        answers={"topics": [without_formats]},
        calls={"topics": "http http http http"},
        code=3,
        reads=error(
            "{host} rejected the request for m with 400: This model does not support response_format json_schema",
            next_="check the model's options, or try another model",
        ),
        again=0,
    ),
    Fault(
        name="http-400-too-long",
        what="The bundle is longer than the model can read, even when it is cut to a sentence of each outlet.",
        answers={
            "topics": [
                refusal(
                    400,
                    "This model's maximum context length is 8192 tokens. Your messages resulted in 9000 tokens.",
                    code="context_length_exceeded",
                )
            ]
        },
        calls={"topics": "http"},
        code=3,
        reads=error(
            "the articles do not fit the model's window of 8,192 tokens, even cut to a sentence of each outlet; the "
            "longest is A1 (Tarn Gazette), 282 characters",
            next_="take a model with a larger window, or fewer articles; window and reply_tokens are settings",
        ),
        again=0,
    ),
    Fault(
        name="http-400-content-filter",
        what="The provider's filter refuses one outlet's article; the other outlets keep their accounts.",
        sections=("papers_say",),
        answers={"papers_say/Coast Radio": [refusal(400, "content management policy", code="content_filter")]},
        calls={"papers_say/Coast Radio": "http"},
        code=9,
        reads=(lead("the provider's content filter refused the request"), bill(3)),
        again=0,
    ),
)

# What is not HTTP, or HTTP to make trouble with


def informed(_: str) -> Iterator[Step]:
    """Announcements of an answer, one after another."""
    for _n in range(20_000):
        yield b"HTTP/1.1 103 Early Hints\r\n\r\n" * 10
    yield CLOSE


TROUBLE = (
    Fault(
        name="http-no-http",
        what="What listens there speaks no HTTP, sends a header of 200 kB, or a status in words of no encoding.",
        answers={
            "topics": [
                [b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000 + b"\r\n\r\n", CLOSE],
                [b"HTTP/1.1 500 \xff\xfe\r\nContent-Length: 0\r\n\r\n", CLOSE],
                [b"SSH-2.0-OpenSSH_9.9\r\n", CLOSE],
            ]
        },
        calls={"topics": "unknown unknown unknown"},
        code=5,
        reads=error("what {host} sends is no proper HTTP (3 tries) (model m)"),
        again=0,
    ),
    Fault(
        name="http-announced-only",
        what="The server announces an answer again and again, and it never comes.",
        answers={"topics": [informed]},
        calls={"topics": "unknown unknown unknown"},
        code=5,
        reads=error("{host} broke off: the connection was closed before an answer came (3 tries) (model m)"),
        again=0,
    ),
    Fault(
        name="http-controls-in-an-error",
        what="An error message and a request id hold control characters and commands to a CI system.",
        answers={
            "topics": [
                refusal(500, "\n::error::bad\x1b[2J\x9b31m\u202e", {"x-request-id": "req\x1b]0;title\x07\x9b31m"}),
            ]
        },
        calls={"topics": "http http http"},
        code=5,
        reads=error("{host} answered 500: ::error::bad [2J 31m (3 tries) (model m)"),
        again=0,
    ),
)

ROWS = (*WAITS, *PERSON, *TROUBLE)
