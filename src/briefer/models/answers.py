"""What a server's answer means: pure, from status, headers and body to a reading or a named failure."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import NoReturn
from urllib.parse import urljoin, urlsplit

from briefer.calls import Overflow
from briefer.errors import InputError, NeedsPersonError, UnavailableError
from briefer.journal import Status
from briefer.models.chat import Reading, Remedy, at_limit, follows, read_reply, unasked_stream
from briefer.models.endpoint import Endpoint
from briefer.models.faults import SHOWN, Fault, error_fields, fault_of, inner_status
from briefer.models.overflow import overflow_of, sizes
from briefer.models.proxy import Proxy, wants_password
from briefer.models.retry import Again, Busy, Garbled, Lost, Throttled, told_wait
from briefer.models.stream import has_begun, is_stream
from briefer.text import inert

SAFE = "every finished reply is in the journal"
RESUME = "run the same command again: it goes on where it stopped"
# The outcome of these is not known: the request may have been worked on, and billed.
_UNCERTAIN = (408, 409, 425)


@dataclass(frozen=True, slots=True)
class Asked:
    """What an answer is read against: text or an object, streamed or not, the longest reply, keys that must be there.

    `required` is empty where the schema stands in the prompt, or is known to be followed.
    """

    plain: bool = False
    streamed: bool = False
    limit: int | None = None
    required: tuple[str, ...] = ()


@dataclass(slots=True)
class Answer:
    """What a server has sent so far; it stays readable when the call is broken off.

    `begun` is called when the first piece of a reply has arrived; `proxy` is what stands in between.
    """

    asked: Asked = Asked()
    begun: Callable[[], None] | None = None
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytearray = field(default_factory=bytearray)
    complete: bool = False
    sent: bool = True
    proxy: Proxy | None = None

    def add(self, chunk: bytes) -> None:
        """Take in what has arrived."""
        self.body += chunk
        if self.begun and _is_good(self.status) and has_begun(self.body):
            self.begun()
            self.begun = None

    @property
    def has_ended(self) -> bool:
        """Whether a stream has said that it is over, whatever becomes of its connection."""
        return self.asked.streamed and bytes(self.body[-40:]).rstrip().endswith(b"data: [DONE]")

    def reading(self) -> Reading:
        """Return what the whole body of a good answer holds."""
        raw = bytes(self.body)
        if is_stream(raw) and not self.asked.streamed:
            return unasked_stream()
        reading = at_limit(read_reply(raw, plain=self.asked.plain), self.asked.limit)
        return follows(reading, self.asked.required) if self.asked.required else reading

    @property
    def outcome(self) -> Status:
        """The journal's status for this answer."""
        if not self.sent:
            return Status.HTTP
        if not self.complete or self.status in _UNCERTAIN:
            return Status.UNKNOWN
        if not _is_good(self.status):
            return Status.HTTP
        try:
            return self.reading().status
        except Exception:  # a fault in the reader must not cost a reply that was paid for
            return Status.OK


class Rejected(Exception):
    """The server does not take this request as it is: `words` say what of it, `error` is for when nothing helps."""

    def __init__(self, words: str, error: InputError) -> None:
        super().__init__(error.cause)
        self.words = words
        self.error = error


class Unanswerable(Exception):
    """This one request cannot be answered: `failure` is a plain sentence; other requests may well be.

    With an `overflow` it was too long.
    """

    def __init__(self, failure: str, overflow: Overflow | None = None) -> None:
        super().__init__(failure)
        self.failure = failure
        self.overflow = overflow


def gave_up(failure: Again, tries: int, waited: float, endpoint: Endpoint) -> UnavailableError:
    """Return the error for a call that was tried long enough, or that the server wants put off for too long.

    `waited` is the sum of the pauses between its tries, in seconds.
    """
    cause = failure.cause
    throttled = isinstance(failure, Throttled)
    if failure.after is not None and failure.after + (waited if throttled else 0.0) > endpoint.max_wait:
        until = datetime.now(UTC) + timedelta(seconds=min(failure.after, 31 * 86400))
        cause += f"; it asks to wait until {until:%Y-%m-%d %H:%M}Z"
    pauses = f" in {waited:.2g} s of waiting" if throttled and waited >= 0.1 else ""
    counted = f" ({tries} tries{pauses})" if tries > 1 else ""
    return UnavailableError(f"{cause}{counted} (model {endpoint.model})", hint=RESUME, safe=SAFE)


def meaning(answer: Answer, endpoint: Endpoint) -> Reading:
    """Return the reading of a good answer; raise what any other one means.

    Raises `Again` kinds, `Rejected`, `Unanswerable`, or the `BrieferError` that ends the run.
    """
    status, raw = answer.status or 0, bytes(answer.body)
    if not _is_good(status):
        if 300 <= status < 400:
            raise _redirected(answer.headers.get("location", ""), endpoint)
        if status == 407:
            raise wants_password(answer.proxy, endpoint.model, SAFE)
        _raise_fault(fault_of(status, error_fields(raw), endpoint.key), answer.headers, endpoint)
    reading = answer.reading()
    match reading.remedy:
        case Remedy.ERROR:
            _raise_fault(fault_of(inner_status(reading.error), reading.error, endpoint.key), answer.headers, endpoint)
        case Remedy.WAIT:
            raise Busy(f"{endpoint.host}: {reading.completion.failure}")
        case Remedy.STOP:
            raise UnavailableError(
                f"{endpoint.host}: {reading.completion.failure}", hint="check the base URL", safe=SAFE
            )
        case Remedy.RESEND:
            raise Garbled(f"{endpoint.host}: {reading.completion.failure}")
    return reading


def _is_good(status: int | None) -> bool:
    return status is not None and 200 <= status < 300


def _raise_fault(fault: Fault, headers: Mapping[str, str], endpoint: Endpoint) -> NoReturn:
    """Raise what an error answer means; the order matters, since servers are free with their status codes."""
    if fault.status in _UNCERTAIN:
        raise Lost(f"{endpoint.host} answered {fault.status}{fault.said}", _told(headers, endpoint))
    _raise_person(fault, endpoint)
    overflow = overflow_of(fault)
    if overflow:
        raise Unanswerable(f"the request is too long for {endpoint.model}{sizes(overflow)}", overflow)
    if fault.status in (400, 413, 422, 500, 501):
        _raise_request(fault, endpoint)
    if fault.status == 429 or fault.status >= 500:
        kind = Throttled if fault.status == 429 else Busy
        raise kind(f"{endpoint.host} answered {fault.status}{fault.said}", _told(headers, endpoint))
    raise _rejected(fault, endpoint)


_NO_CREDIT = re.compile(r"insufficient_quota|billing_hard_limit|insufficient[ _](?:balance|credits?|funds)", re.I)


def _raise_person(fault: Fault, endpoint: Endpoint) -> None:
    host, model = endpoint.host, endpoint.model
    if fault.status == 401:
        # Some servers repeat the key in this answer, so not a word of it is shown.
        raise NeedsPersonError(
            f"{host} refused the key (model {model})", hint=f"set BRIEFER_API_KEY to a key of {host}", safe=SAFE
        )
    if fault.status == 402 or (fault.status in (403, 429) and _NO_CREDIT.search(f"{fault.code} {fault.words}")):
        raise NeedsPersonError(
            f"the account at {host} has no credit left (model {model})",
            hint="add credit or raise its limit, then run the same command again",
            safe=SAFE,
        )
    if fault.status == 403:
        raise NeedsPersonError(
            f"{host} does not allow this key to use {model}{fault.said}",
            hint="use another key or another model",
            safe=SAFE,
        )
    if fault.status == 404:
        raise NeedsPersonError(
            f"{host} has no model {model}, or nothing at this address{fault.said}",
            hint="check --model and the base URL",
            safe=SAFE,
        )


_FORMAT = re.compile(r"response_format|json_schema|json_object|structured.output|grammar", re.I)
_FILTER = re.compile(r"content.{0,3}(?:filter|management|policy)|moderation|responsible.?ai", re.I)


def _raise_request(fault: Fault, endpoint: Endpoint) -> None:
    words = f"{fault.code} {fault.words}"
    if fault.status < 500 and _FILTER.search(words):
        raise Unanswerable("the provider's content filter refused the request")
    if fault.status in (400, 422) or _FORMAT.search(words):
        raise Rejected(words, _rejected(fault, endpoint))


def _rejected(fault: Fault, endpoint: Endpoint) -> InputError:
    return InputError(
        f"{endpoint.host} rejected the request for {endpoint.model} with {fault.status}{fault.said}",
        hint="check the model's options, or try another model",
        safe=SAFE,
    )


def _redirected(location: str, endpoint: Endpoint) -> NeedsPersonError:
    try:
        target = urlsplit(urljoin(endpoint.base_url, location))
        origin = f"{target.scheme}://{target.hostname}{f':{target.port}' if target.port else ''}"
    except ValueError:
        origin = "an address that cannot be read"
    return NeedsPersonError(
        f"{endpoint.host} redirects to {inert(origin)[:SHOWN]}; nothing was sent there (model {endpoint.model})",
        hint="if you trust that address, set it as the base URL",
        safe=SAFE,
    )


def _told(headers: Mapping[str, str], endpoint: Endpoint) -> float | None:
    return told_wait(headers, datetime.now(UTC), endpoint.max_wait)
