"""The model door against a server that misbehaves: what is retried, what is kept, what is said."""

from __future__ import annotations

import asyncio
import gzip
import json
import shutil
import socket
import ssl
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest

from briefer.calls import Completion, Overflow, Request, Spent
from briefer.errors import BrieferError, InputError, NeedsPersonError, StorageError, UnavailableError, UsageError
from briefer.journal import Journal, Status
from briefer.models.chat import CUT
from briefer.models.faults import redacted
from briefer.models.openai import Endpoint, OpenAIModel
from briefer.models.retry import told_wait
from tests.server import CLOSE, RESET, Answer, Loopback, Received, completion, drip, envelope, reply

KEY = "test-key-0123456789"
REQUEST = Request("papers_say", "The Post", "draft", [{"role": "user", "content": "task"}], {"type": "object"}, "c")
GOOD = completion('{"a": 1}')
GOOD_SPENT = Spent(1, 100, 40, 10)
SAFE = "every finished reply is in the journal"
RESUME = "run the same command again: it goes on where it stopped"


@dataclass
class Door:
    """A model at the loopback server, its journal on disk, and pauses that are noted down and not made."""

    server: Loopback
    path: Path
    pauses: list[float] = field(default_factory=list)

    def ask(self, *requests: Request, **options: Any) -> list[Completion]:
        async def all_of() -> list[Completion]:
            journal = Journal.open(self.path)
            model = self.model(journal, **options)
            try:
                return await asyncio.gather(*(model.reply(request) for request in requests or [REQUEST]))
            finally:
                await model.aclose()
                journal.close()

        return asyncio.run(all_of())

    def model(self, journal: Journal, **options: Any) -> OpenAIModel:
        chosen = {"base_url": self.server.base_url, "api_key": KEY, "model": "m", "deadline": 5.0, **options}
        return OpenAIModel(Endpoint(**chosen), journal, sleep=self._pause)

    def fails(self, **options: Any) -> BrieferError:
        with pytest.raises(BrieferError) as caught:
            self.ask(**options)
        shown = f"{caught.value.cause} {caught.value.hint} {caught.value.safe}"
        assert KEY not in shown
        assert shown.isprintable()
        return caught.value

    @property
    def statuses(self) -> list[str]:
        return [record.status.value for record in Journal.read(self.path).records]

    @property
    def bodies(self) -> list[bytes]:
        return [record.body for record in Journal.read(self.path).records]

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self.server.port}"

    async def _pause(self, seconds: float) -> None:
        self.pauses.append(seconds)


@pytest.fixture
def door(loopback: Loopback, tmp_path: Path) -> Door:
    return Door(loopback, tmp_path / "calls.jsonl")


def numbered(number: int) -> Request:
    return replace(REQUEST, messages=[{"role": "user", "content": f"task {number}"}])


def test_a_reply_is_asked_for_once_and_served_from_the_journal_after(door: Door) -> None:
    door.server.script(GOOD)
    first, second = door.ask(), door.ask()
    assert first == second == [Completion('{"a": 1}', GOOD_SPENT)]
    (received,) = door.server.requests
    assert (received.method, received.path) == ("POST", "/v1/chat/completions")
    assert received.headers["authorization"] == f"Bearer {KEY}"
    assert received.headers["content-type"] == "application/json"
    assert received.json["response_format"]["json_schema"]["name"] == "briefing_section"


def test_the_journal_holds_the_raw_bytes_and_what_they_answer(door: Door) -> None:
    body = json.dumps(envelope('{"a": "é\u2028"}'), ensure_ascii=False).encode()
    door.server.script(reply(200, body))
    door.ask()
    (record,) = Journal.read(door.path).records
    assert (record.key, record.body, record.http, record.status) == (REQUEST.digest("m"), body, 200, Status.OK)
    assert (record.section, record.outlet, record.round, record.model) == ("papers_say", "The Post", "draft", "m")
    assert datetime.fromisoformat(record.at).tzinfo == UTC


def test_without_a_key_a_local_server_gets_none(door: Door) -> None:
    door.server.script(GOOD)
    door.ask(api_key=None)
    assert door.server.requests[0].headers["authorization"] == "Bearer none"


@pytest.mark.parametrize(
    ("base_url", "key", "error", "cause"),
    [
        ("https://models.example/v1", None, NeedsPersonError, "there is no key for models.example"),
        ("https://models.example/v1", " \n", NeedsPersonError, "there is no key for models.example"),
        ("https://a:b@models.example/v1", "k\ney", NeedsPersonError, "the key for models.example holds characters"),
        ("models.example/v1", "key", UsageError, "the base URL 'models.example/v1' is not an http or https address"),
        ("http://[/v1", "key", UsageError, "is not an http or https address"),
    ],
)
def test_what_can_never_work_is_said_before_any_call(
    base_url: str, key: str | None, error: type[BrieferError], cause: str
) -> None:
    with pytest.raises(error) as caught:
        Endpoint(base_url, key, "m")
    assert cause in caught.value.cause


def test_the_key_is_not_in_a_repr() -> None:
    assert KEY not in repr(Endpoint("https://models.example/v1", KEY, "m"))


# Not now: tried again after a pause


@pytest.mark.parametrize("status", [429, 500, 502, 503, 504, 529])
def test_a_busy_server_is_asked_again(door: Door, status: int) -> None:
    door.server.script(reply(status, "<html>busy"), GOOD)
    assert door.ask() == [Completion('{"a": 1}', GOOD_SPENT)]
    assert door.statuses == ["http", "ok"]
    assert len(door.pauses) == 1


@pytest.mark.parametrize(
    ("headers", "pause"),
    [
        ({"Retry-After": "1"}, 1.0),
        ({"Retry-After-Ms": "1500"}, 1.5),
        ({"X-RateLimit-Reset-Requests": "20ms", "X-RateLimit-Reset-Tokens": "6s"}, 6.0),
        ({"X-RateLimit-Reset-Tokens": "1h2m"}, 60.0),
        ({"Retry-After": "2", "Retry-After-Ms": "100"}, 2.0),
    ],
)
def test_the_pause_is_the_one_the_server_asks_for(door: Door, headers: dict[str, str], pause: float) -> None:
    door.server.script(reply(429, "", headers), GOOD)
    door.ask()
    assert door.pauses == [pause]


@pytest.mark.parametrize("told", ["nan", "inf", "-5", "soon", "Fri, 99 Xxx 2026 00:00:00 GMT", ""])
def test_a_pause_that_cannot_be_read_is_left_to_the_back_off(door: Door, told: str) -> None:
    door.server.script(reply(429, "", {"Retry-After": told}), GOOD)
    door.ask()
    assert 0.5 <= door.pauses[0] <= 1.0


def test_a_pause_may_be_a_date() -> None:
    now = datetime(2026, 3, 10, 12, 0, 0, tzinfo=UTC)
    told = format_datetime(now + timedelta(seconds=90), usegmt=True)
    assert told_wait({"retry-after": told}, now, 60) == 90
    assert told_wait({"retry-after": format_datetime(now - timedelta(days=9), usegmt=True)}, now, 60) == 0
    assert told_wait({}, now, 60) is None


def test_pauses_grow_with_jitter_and_never_pass_their_limit(door: Door) -> None:
    door.server.script(reply(503))
    door.fails(attempts=8, max_wait=3.0)
    assert len(door.pauses) == 7
    assert all(pause <= 3.0 for pause in door.pauses)
    assert door.pauses[0] < door.pauses[2] <= door.pauses[-1] == 3.0


def test_too_long_a_pause_ends_the_run_at_once(door: Door) -> None:
    door.server.script(reply(429, {"error": {"message": "slow down"}}, {"Retry-After": "3600"}))
    error = door.fails()
    until = (datetime.now(UTC) + timedelta(hours=1)).strftime("%Y-%m-%d %H")
    assert error.exit_code == 5
    assert error.cause.startswith(f"{door.host} answered 429: slow down; it asks to wait until {until}:")
    assert error.cause.endswith("Z (model m)")
    assert (door.pauses, len(door.server.requests)) == ([], 1)


def test_a_server_that_stays_busy_is_given_up(door: Door) -> None:
    door.server.script(reply(500, {"error": {"message": "it\x1b[31m broke\u202e" + "!" * 200}}))
    error = door.fails()
    assert isinstance(error, UnavailableError)
    assert error.cause == f"{door.host} answered 500: it [31m broke{'!' * 67} (4 tries) (model m)"
    assert (error.hint, error.safe) == (RESUME, SAFE)
    assert len(door.server.requests) == 4
    assert door.statuses == ["http"] * 4


@pytest.mark.parametrize("status", [408, 409, 425])
def test_an_uncertain_outcome_may_have_been_billed(door: Door, status: int) -> None:
    door.server.script(reply(status), GOOD)
    assert door.ask() == [Completion('{"a": 1}', replace(GOOD_SPENT, maybe_billed=1))]
    assert door.statuses == ["unknown", "ok"]


# Broken connections

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n"


@pytest.mark.parametrize(
    ("broken", "kept"),
    [
        ([CLOSE], b""),
        ([RESET], b""),
        ([HEAD + b'{"choices"', 0.05, RESET], b'{"choices"'),
        ([HEAD + b'{"choices"', CLOSE], b'{"choices"'),
        ([b'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n{"cho\r\n', CLOSE], b'{"cho'),
        ([b"SSH-2.0-OpenSSH_9.9\r\n", CLOSE], b""),
        ([b"HTTP/1.1 200 OK\r\nX: " + b"y" * 200_000 + b"\r\n\r\n", CLOSE], b""),
        ([b"HTTP/1.1 500 No\r\nContent-Length: 50\r\n\r\nhalf", CLOSE], b"half"),
    ],
)
def test_a_connection_that_breaks_off_is_tried_again_and_counted(door: Door, broken: Answer, kept: bytes) -> None:
    door.server.script(broken, GOOD)
    assert door.ask() == [Completion('{"a": 1}', replace(GOOD_SPENT, maybe_billed=1))]
    assert door.statuses == ["unknown", "ok"]
    assert door.bodies[0] == kept


def test_a_closed_port_is_named_with_its_cause(door: Door) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        port = unused.getsockname()[1]
    error = door.fails(base_url=f"http://127.0.0.1:{port}/v1")
    assert error.exit_code == 5
    assert error.cause == f"127.0.0.1:{port} cannot be reached: connection refused (4 tries) (model m)"
    assert (error.hint, error.safe) == (RESUME, SAFE)
    assert door.statuses == ["http"] * 4


def test_silence_ends_at_the_deadline_and_is_tried_once_more(door: Door) -> None:
    door.server.script([30.0])
    began = time.monotonic()
    error = door.fails(deadline=0.15)
    assert time.monotonic() - began < 1.5
    assert error.exit_code == 5
    assert error.cause == f"{door.host} did not finish its answer within 0.15 s (2 tries) (model m)"
    assert door.statuses == ["unknown", "unknown"]


@pytest.mark.parametrize("dripping", ["head", "body"])
def test_a_drip_does_not_outlive_the_deadline(door: Door, dripping: str) -> None:
    whole = drip(GOOD, 0.02) if dripping == "head" else [HEAD, *drip(b"{" + b" " * 499, 0.02)]
    door.server.script(whole, GOOD)
    began = time.monotonic()
    assert door.ask(deadline=0.2) == [Completion('{"a": 1}', replace(GOOD_SPENT, maybe_billed=1))]
    assert time.monotonic() - began < 1.5
    assert bool(door.bodies[0]) == (dripping == "body")


# Answers that cannot be used


@pytest.mark.parametrize(
    ("bad", "cause"),
    [
        (reply(200, ""), "the server's answer is empty"),
        (reply(200, '{"choices": ['), "the server's answer is not JSON"),
        (reply(200, "null"), "the server's answer is not a chat completion"),
        (reply(200, {"choices": []}), "the server's answer holds no reply"),
        (reply(200, b"\x1f\x8b junk", {"Content-Encoding": "gzip"}), "the server's answer is empty"),
        (reply(200, gzip.compress(b"{" * 99)[:-12], {"Content-Encoding": "gzip"}), "the server's answer is not JSON"),
    ],
)
def test_a_malformed_answer_is_asked_for_once_more(door: Door, bad: bytes, cause: str) -> None:
    door.server.script(bad, GOOD)
    (answered,) = door.ask()
    assert answered.text == '{"a": 1}'
    assert answered.spent == Spent(2, None, None, None)
    assert door.statuses == ["malformed", "ok"]

    door.path.unlink()
    door.server.requests.clear()
    door.server.script(bad)
    error = door.fails()
    assert (error.exit_code, error.cause) == (5, f"{door.host}: {cause} (2 tries) (model m)")
    assert len(door.server.requests) == 2


@pytest.mark.parametrize(
    ("text", "failure", "status"),
    [(None, "the reply is empty", "empty"), ("No.", "the reply is not one JSON object", "malformed")],
)
def test_a_reply_without_json_fails_its_call_and_not_the_run(
    door: Door, text: str | None, failure: str, status: str
) -> None:
    door.server.script(completion(text))
    assert door.ask() == [Completion("", Spent(2, 200, 80, 20), failure)]
    assert door.statuses == [status] * 2


def test_a_refusal_is_final(door: Door) -> None:
    door.server.script(completion(None, refusal="I cannot help"))
    assert door.ask() == [Completion("", GOOD_SPENT, "the model refused")]
    assert door.statuses == ["refused"]


def test_a_cut_reply_gets_twice_the_limit_once(door: Door) -> None:
    door.server.script(completion('{"a"', finish="length"), GOOD)
    assert door.ask(reply_tokens=500) == [Completion('{"a": 1}', Spent(2, 200, 80, 20))]
    assert [received.json["max_tokens"] for received in door.server.requests] == [500, 1000]


@pytest.mark.parametrize(
    ("limit", "text", "asked"),
    [(None, '{"a"', 2), (40_000, '{"a"', 1), (500, '{"a"', 2), (500, '{"a":' + " " * 300, 1)],
)
def test_a_reply_that_stays_cut_fails(door: Door, limit: int | None, text: str, asked: int) -> None:
    door.server.script(completion(text, finish="length"))
    (answered,) = door.ask(reply_tokens=limit)
    assert answered.failure == CUT == "the reply was cut at its length limit"
    assert len(door.server.requests) == asked
    assert door.statuses == ["truncated"] * asked


def test_failed_replies_are_not_served_again(door: Door) -> None:
    door.server.script(completion(None, refusal="no"), GOOD)
    door.ask()
    (answered,) = door.ask()
    assert answered.text == '{"a": 1}'


def test_html_in_place_of_a_reply_is_waited_out_and_named(door: Door) -> None:
    door.server.script(reply(200, "<html>log in</html>", {"Content-Type": "text/html"}))
    error = door.fails()
    assert error.exit_code == 5
    assert error.cause == (
        f"{door.host}: the server's answer is HTML, not JSON: is a proxy in between? (4 tries) (model m)"
    )


def test_a_stream_ends_the_run(door: Door) -> None:
    door.server.script(reply(200, 'data: {"choices":[]}\n\n', {"Content-Type": "text/event-stream"}))
    error = door.fails()
    assert error.exit_code == 5
    assert error.cause == f"{door.host}: the server streams, though it was asked not to"
    assert len(door.server.requests) == 1


@pytest.mark.parametrize("packed", [True, False])
def test_a_reply_without_end_is_dropped_at_its_limit(door: Door, packed: bool) -> None:
    body = b" " * (64 * 2**20)
    door.server.script(reply(200, gzip.compress(body), {"Content-Encoding": "gzip"}) if packed else reply(200, body))
    error = door.fails()
    assert error.exit_code == 5
    assert error.cause == f"{door.host} sent more than 8 MB for one reply"
    assert (len(door.server.requests), door.statuses) == (1, ["unknown"])
    assert door.path.stat().st_size < 10_000


def test_an_error_page_without_end_is_cut(door: Door) -> None:
    packed = gzip.compress(b"x" * (64 * 2**20))
    door.server.script(reply(500, packed, {"Content-Encoding": "gzip"}), GOOD)
    assert door.ask()[0].text == '{"a": 1}'
    assert len(door.bodies[0]) == 64 * 1024


def test_an_error_inside_a_good_status_counts_as_that_error(door: Door) -> None:
    door.server.script(reply(200, {"error": {"code": 502, "message": "upstream"}}), GOOD)
    assert door.ask() == [Completion('{"a": 1}', GOOD_SPENT)]
    door.path.unlink()
    door.server.script(reply(200, {"error": {"code": "invalid_api_key", "message": KEY}}))
    assert door.fails().exit_code == 4


# What needs a person


@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        (reply(401, {"error": {"message": f"Incorrect API key: {KEY}"}}), "{host} refused the key (model m)"),
        (
            reply(403, {"error": {"message": f"no {KEY} here"}}),
            "{host} does not allow this key to use m: no [key] here",
        ),
        (
            reply(404, {"error": {"code": "model_not_found", "message": "The model `m` does not exist"}}),
            "{host} has no model m, or nothing at this address: The model `m` does not exist",
        ),
        (reply(404, "<html>"), "{host} has no model m, or nothing at this address: <html>"),
        (
            reply(429, {"error": {"code": "insufficient_quota", "message": "You exceeded your quota"}}),
            "the account at {host} has no credit left (model m)",
        ),
        (reply(402, {"error": {"message": "pay"}}), "the account at {host} has no credit left (model m)"),
        (
            reply(307, "", {"Location": "https://user:pw@evil.example:8443/v1?k=1"}),
            "{host} redirects to https://evil.example:8443; nothing was sent there (model m)",
        ),
        (
            reply(301, "", {"Location": "/v2/chat/completions"}),
            "{host} redirects to http://{host}; nothing was sent there (model m)",
        ),
    ],
)
def test_what_needs_a_person_is_said_once(door: Door, answer: bytes, cause: str) -> None:
    door.server.script(answer)
    error = door.fails()
    assert error.exit_code == 4
    assert error.cause == cause.replace("{host}", door.host)
    assert error.safe == SAFE
    assert error.hint
    assert (len(door.server.requests), door.pauses, door.statuses) == (1, [], ["http"])
    assert KEY.encode() not in door.path.read_bytes()


@pytest.fixture
def tls_server(tmp_path: Path) -> Iterator[Loopback]:
    openssl = shutil.which("openssl")
    if not openssl:
        pytest.skip("needs the openssl program to make a certificate")
    key, certificate = tmp_path / "key.pem", tmp_path / "certificate.pem"
    subprocess.run(
        [openssl, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"]
        + ["-keyout", str(key), "-out", str(certificate), "-days", "2", "-subj", "/CN=localhost"],
        check=True,
        capture_output=True,
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    server = Loopback(context)
    yield server
    server.close()


def test_a_certificate_that_is_not_trusted_is_not_tried_again(tls_server: Loopback, tmp_path: Path) -> None:
    door = Door(tls_server, tmp_path / "calls.jsonl")
    error = door.fails()
    assert error.exit_code == 4
    assert error.cause == f"the certificate of {door.host} is not accepted: self-signed certificate (model m)"
    assert (door.pauses, door.statuses, tls_server.requests) == ([], ["http"], [])


# What is wrong with one request


def refuses(option: str, status: int = 400) -> Callable[[Received], Answer]:
    def handler(received: Received) -> Answer:
        kind = received.json.get("response_format", {}).get("type")
        if kind in option.split():
            return reply(status, {"error": {"message": f"response_format {kind} is not supported"}})
        return GOOD

    return handler


@pytest.mark.parametrize("status", [400, 422, 500])
@pytest.mark.parametrize(
    ("refused", "kinds"),
    [
        ("json_schema", ["json_schema", "json_schema", "json_object", "json_object"]),
        ("json_schema json_object", ["json_schema", "json_schema", "json_object", None, None]),
    ],
)
def test_a_server_without_schemas_gets_the_schema_in_the_prompt(
    door: Door, status: int, refused: str, kinds: list[str | None]
) -> None:
    door.server.handle(refuses(refused, status))

    async def twice() -> list[Completion]:
        journal = Journal.open(door.path)
        model = door.model(journal)
        answers = [await model.reply(numbered(1)), await model.reply(numbered(2))]
        await model.aclose()
        journal.close()
        return answers

    assert [answer.text for answer in asyncio.run(twice())] == ['{"a": 1}'] * 2
    assert [r.json.get("response_format", {}).get("type") for r in door.server.requests] == kinds


def test_side_by_side_calls_step_down_only_once(door: Door) -> None:
    door.server.handle(refuses("json_schema"))
    assert [answer.text for answer in door.ask(*map(numbered, range(6)))] == ['{"a": 1}'] * 6
    kinds = {r.json["response_format"]["type"] for r in door.server.requests}
    assert kinds == {"json_schema", "json_object"}


def test_a_server_that_refuses_every_form_is_an_input_error(door: Door) -> None:
    door.server.script(reply(400, {"error": {"message": "response_format: no"}}))
    error = door.fails()
    assert isinstance(error, InputError)
    assert error.cause == f"{door.host} rejected the request for m with 400: response_format: no"
    assert len(door.server.requests) == 4


@pytest.mark.parametrize(
    ("status", "fields", "failure", "overflow"),
    [
        (
            400,
            {
                "code": "context_length_exceeded",
                "message": "This model's maximum context length is 8192 tokens. However, your messages resulted in "
                "9,000 tokens.",
            },
            "the request is too long for m: 9,000 tokens, and its limit is 8,192",
            Overflow(8192, 9000),
        ),
        (
            400,
            {"type": "exceed_context_size_error", "message": "too large", "n_prompt_tokens": 70000, "n_ctx": 65536},
            "the request is too long for m: 70,000 tokens, and its limit is 65,536",
            Overflow(65536, 70000),
        ),
        (413, {"message": "Payload Too Large"}, "the request is too long for m", Overflow()),
        (
            400,
            {"code": "content_filter", "message": "triggering Azure OpenAI's content management policy"},
            "the provider's content filter refused the request",
            None,
        ),
    ],
)
def test_a_request_that_cannot_be_answered_fails_alone(
    door: Door, status: int, fields: dict[str, object], failure: str, overflow: Overflow | None
) -> None:
    door.server.script(reply(status, {"error": fields}))
    assert door.ask() == [Completion("", Spent(), failure, overflow)]
    assert len(door.server.requests) == 1


@pytest.mark.parametrize(
    ("status", "message"),
    [(400, "max_tokens is too large: 99999"), (400, "bad temperature"), (405, "no"), (418, "tea")],
)
def test_any_other_rejection_is_an_input_error(door: Door, status: int, message: str) -> None:
    door.server.script(reply(status, {"detail": message}))
    error = door.fails()
    assert error.exit_code == 3
    assert error.cause == f"{door.host} rejected the request for m with {status}: {message}"


# Side by side, stopped, out of disk


def test_no_more_calls_run_at_once_than_allowed(door: Door) -> None:
    door.server.handle(lambda _: [0.02, GOOD])
    door.ask(*map(numbered, range(9)), concurrency=3)
    assert len(door.server.requests) == 9
    assert door.server.connections == 3


def test_a_cancelled_call_leaves_what_has_arrived(door: Door) -> None:
    door.server.handle(lambda r: GOOD if b"task 1" in r.body else [HEAD + b'{"choices"', 30.0])

    async def stopped() -> None:
        journal = Journal.open(door.path)
        model = door.model(journal)
        calls = asyncio.gather(model.reply(numbered(1)), model.reply(numbered(2)))
        async with asyncio.timeout(5):
            while len(journal.records) < 1 or len(door.server.requests) < 2:
                await asyncio.sleep(0.01)
        await asyncio.sleep(0.05)
        calls.cancel()
        with pytest.raises(asyncio.CancelledError):
            await calls
        await asyncio.sleep(0)
        await model.aclose()
        journal.close()

    asyncio.run(stopped())
    assert door.statuses == ["ok", "unknown"]
    assert door.bodies[1] == b'{"choices"'


def test_with_a_broken_journal_nothing_more_is_paid_for(door: Door, monkeypatch: pytest.MonkeyPatch) -> None:
    door.server.script(GOOD)

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    async def two() -> None:
        journal = Journal.open(door.path)
        model = door.model(journal)
        monkeypatch.setattr("briefer.appending.write_line", full)
        with pytest.raises(StorageError, match="no space left on device"):
            await model.reply(numbered(1))
        with pytest.raises(StorageError, match="no space left on device"):
            await model.reply(numbered(2))
        await model.aclose()
        journal.close()

    asyncio.run(two())
    assert door.server.requests == []


def test_repeats_are_calls_of_their_own(door: Door) -> None:
    door.server.script(GOOD)

    async def repeated() -> None:
        journal = Journal.open(door.path)
        for repeat in (0, 1, 1):
            model = OpenAIModel(Endpoint(door.server.base_url, KEY, "m"), journal, repeat=repeat)
            await model.reply(REQUEST)
            await model.aclose()
        journal.close()

    asyncio.run(repeated())
    assert [record.repeat for record in Journal.read(door.path).records] == [0, 1]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"bad {KEY}!", "bad [key]!"),
        ("bad sk-proj-abc***xyz", "bad [key]"),
        ("Authorization: Bearer abc", "Authorization: [key]"),
        (f"bad {KEY[:5]}\u200b{KEY[5:]}", "bad [key]"),
        ("a\r\nb \x1b[2J", "a b [2J"),
    ],
)
def test_what_looks_like_a_key_is_never_shown(text: str, shown: str) -> None:
    assert redacted(text, KEY) == shown
