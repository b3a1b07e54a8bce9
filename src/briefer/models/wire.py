"""The wire: one POST through the OpenAI SDK, its bytes bounded in time and size.

The SDK builds and sends the request; its retries, redirects and parser are off. This module is
imported when the first call is made, since the SDK takes most of a second to load.
"""

from __future__ import annotations

import asyncio
import errno
import os
import ssl
from collections.abc import Iterator
from functools import cache
from typing import Any, cast
from urllib.request import getproxies

import aiohttp
import httpx2
import openai

from briefer.errors import NeedsPersonError, UnavailableError
from briefer.models.answers import SAFE, Answer
from briefer.models.endpoint import Endpoint
from briefer.models.retry import Crowded, Lost, Slow, Unreachable
from briefer.text import one_line

MAX_BODY = 8 * 1024 * 1024  # of a reply, decoded: a gzip bomb of 256 MB is 250 kB on the wire
MAX_ERROR_BODY = 64 * 1024
_CONNECT_SECONDS = 15.0
# Servers close idle connections after 5 s or less, and a request that meets such a closing is lost.
_IDLE_SECONDS = 1.0
_CONNECTIONS = 1000  # the limiter holds them below
# The transport translates most of aiohttp's errors and lets the rest through, such as an answer that is not HTTP.
_BROKEN = (httpx2.HTTPError, httpx2.StreamError, aiohttp.ClientError, ssl.SSLError, OSError)
# Told by aiohttp's own errors: the transport calls every lost connection a "connect timeout", sent or not.
_NO_ROOM = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.EADDRNOTAVAIL)
_NOT_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)


class _Client(openai.DefaultAioHttpClient):
    """A client that reads error bodies itself, since the SDK would read them without a bound."""

    async def send(self, request: httpx2.Request, **options: Any) -> httpx2.Response:
        response = await super().send(request, **{**options, "follow_redirects": False})
        if response.is_success:
            return response
        body = bytearray()
        try:
            async for chunk in response.aiter_bytes():
                body += chunk
                if len(body) > MAX_ERROR_BODY:
                    break
        finally:
            await response.aclose()
        plain = [(name, value) for name, value in response.headers.multi_items() if name not in _FRAMING]
        return httpx2.Response(
            response.status_code, headers=plain, content=bytes(body[:MAX_ERROR_BODY]), request=request
        )


_JSON, _ONCE = {"Content-Type": "application/json"}, {"Connection": "close"}
_FRAMING = ("content-encoding", "content-length", "transfer-encoding")


class Wire:
    """Connections to one endpoint. `post` leaves what arrives in an `Answer`, also when it is broken off."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        timeout = httpx2.Timeout(None, connect=_CONNECT_SECONDS)
        self._client = openai.AsyncOpenAI(
            api_key=endpoint.key,
            base_url=endpoint.base_url,
            max_retries=0,
            timeout=timeout,
            http_client=_Client(
                follow_redirects=False,
                timeout=timeout,
                verify=_trust(endpoint),
                limits=httpx2.Limits(max_connections=_CONNECTIONS, keepalive_expiry=_IDLE_SECONDS),
            ),
        )

    async def post(self, body: bytes, answer: Answer) -> None:
        """Send one ready-made body and fill `answer`; the deadline covers it from the first byte to the last.

        Raises `Unreachable`, `Lost` or `Slow` for what may be tried again, `NeedsPersonError` for a
        certificate, `UnavailableError` for a reply without end.
        """
        deadline = self._endpoint.deadline
        try:
            async with asyncio.timeout(deadline):
                await self._receive(body, answer)
        except TimeoutError as error:
            raise Slow(f"{self._endpoint.host} did not finish its answer within {deadline:g} s") from error
        except openai.APIStatusError as error:
            _take(answer, error.response)
            answer.body += error.response.content
            answer.complete = True
        except httpx2.DecodingError:
            answer.complete = True  # damaged, but all that will come; reading it says so
        except (openai.APIConnectionError, *_BROKEN) as error:
            raise self._broken(error, answer) from error

    async def aclose(self) -> None:
        """Close all connections."""
        await self._client.close()

    async def _receive(self, body: bytes, answer: Answer) -> None:
        # Some servers close a connection after a stream without saying so, so none is used again.
        headers = _JSON | _ONCE if answer.asked.streamed else _JSON
        # With a Response as its type the SDK hands the answer over unread.
        sent = self._client.post(
            "/chat/completions",
            cast_to=httpx2.Response,
            content=body,
            options={"headers": headers},
            stream=True,
            stream_cls=openai.AsyncStream[object],
        )
        response = cast(httpx2.Response, await sent)
        _take(answer, response)
        try:
            async for chunk in response.aiter_bytes():
                answer.add(chunk)
                if len(answer.body) > MAX_BODY:
                    raise self._endless(answer)
                if answer.has_ended:
                    break
            answer.complete = True
        finally:
            await response.aclose()

    def _endless(self, answer: Answer) -> UnavailableError:
        del answer.body[4096:]  # enough to see what it was
        return UnavailableError(
            f"{self._endpoint.host} sent more than {MAX_BODY // 2**20} MB for one reply",
            hint="check the base URL, or use another server",
            safe=SAFE,
        )

    def _broken(self, error: BaseException, answer: Answer) -> Exception:
        host, causes = self._endpoint.host, list(_causes(error))
        for cause in causes:
            if isinstance(cause, ssl.SSLCertVerificationError) and hasattr(cause, "verify_message"):
                answer.sent = False
                return NeedsPersonError(
                    f"the certificate of {host} is not accepted: {one_line(cause.verify_message)} "
                    f"(model {self._endpoint.model})",
                    hint="check the address; for a private authority set SSL_CERT_FILE to its certificate",
                    safe=SAFE,
                )
        if answer.status is None and any(isinstance(cause, _NOT_SENT) for cause in causes):
            answer.sent = False
            full = any(isinstance(cause, OSError) and cause.errno in _NO_ROOM for cause in causes)
            return (Crowded if full else Unreachable)(f"{self._endpoint.address} cannot be reached: {_reason(causes)}")
        return Lost(f"{host} broke off: {_reason(causes)}")


def _trust(endpoint: Endpoint) -> ssl.SSLContext:
    """Return whose certificates are accepted: for a plain http address without a proxy nobody's, none is shown."""
    if endpoint.base_url.lower().startswith("http:") and not getproxies():
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return _authorities(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))


@cache  # reading them takes 20 ms
def _authorities(*_named: str | None) -> ssl.SSLContext:
    return httpx2.create_ssl_context()


def _take(answer: Answer, response: httpx2.Response) -> None:
    answer.status = response.status_code
    answer.headers = {name.lower(): value for name, value in response.headers.items()}


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        # A group has one failure for each address of a host.
        several = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
        error = next(iter(several), error.__cause__ or error.__context__)


def _reason(causes: list[BaseException]) -> str:
    """Return the system's own words for the deepest cause, such as "connection refused"."""
    for cause in reversed(causes):
        if isinstance(cause, OSError) and cause.errno:
            # asyncio puts its own words and the address in place of the system's; name look-up has negative numbers.
            words = os.strerror(cause.errno) if cause.errno > 0 else cause.strerror
            return one_line(words or "").lower()
        if isinstance(cause, ConnectionResetError):
            return "connection reset by peer"
    texts = (one_line(str(cause)) for cause in causes if not isinstance(cause, openai.OpenAIError))
    return next((text[:80] for text in texts if text), "the connection was closed")
