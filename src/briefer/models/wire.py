"""The wire: one POST through the OpenAI SDK, its bytes bounded in time and size.

Address, headers and connections are the OpenAI SDK's; its way of building, retrying and parsing a request
is not used, since it takes as much CPU time as all the rest of a call. This module is imported when the first
call is made, since the SDK takes most of a second to load.
"""

from __future__ import annotations

import asyncio
import errno
import os
import ssl
from collections.abc import Iterator
from functools import cache
from urllib.request import getproxies

import aiohttp
import httpx2
import openai

from briefer.errors import NeedsPersonError, UnavailableError
from briefer.models.answers import SAFE, Answer
from briefer.models.endpoint import Endpoint
from briefer.models.proxy import proxy_for, wants_password
from briefer.models.retry import Crowded, Lost, Slow, Unreachable
from briefer.text import one_line

MAX_BODY = 8 * 1024 * 1024  # of a reply, decoded: a gzip bomb of 256 MB is 250 kB on the wire
MAX_ERROR_BODY = 64 * 1024
_CONNECT_SECONDS = 15.0
# Servers close idle connections after 5 s or less, and a request that meets such a closing is lost.
_IDLE_SECONDS = 1.0
_CONNECTIONS = 1000  # the limiter holds them below
# The transport translates most of aiohttp's errors and lets the rest through, such as an answer that is not HTTP, and
# fails itself where the words after a status are not UTF-8.
_BROKEN = (httpx2.HTTPError, httpx2.StreamError, aiohttp.ClientError, ssl.SSLError, OSError, UnicodeError)
_NO_HTTP = (aiohttp.ClientResponseError, UnicodeError)
# Told by aiohttp's own errors: the transport calls every lost connection a "connect timeout", sent or not.
_NO_ROOM = (errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.EADDRNOTAVAIL)
_NOT_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL)


class Wire:
    """Connections to one endpoint. `post` leaves what arrives in an `Answer`, also when it is broken off."""

    def __init__(self, endpoint: Endpoint) -> None:
        self._endpoint = endpoint
        self._proxy = proxy_for(endpoint.base_url)
        timeout = httpx2.Timeout(None, connect=_CONNECT_SECONDS)
        self._http = openai.DefaultAioHttpClient(
            follow_redirects=False,
            timeout=timeout,
            verify=_trust(endpoint),
            limits=httpx2.Limits(max_connections=_CONNECTIONS, keepalive_expiry=_IDLE_SECONDS),
        )
        sdk = openai.AsyncOpenAI(api_key=endpoint.key, base_url=endpoint.base_url, http_client=self._http)
        self._url = sdk.base_url.copy_with(raw_path=sdk.base_url.raw_path + b"chat/completions")
        told = {**sdk.default_headers, **sdk.auth_headers}
        self._headers = httpx2.Headers(self._http.headers)
        self._headers.update({name: value for name, value in told.items() if isinstance(value, str)})
        self._extensions = {"timeout": timeout.as_dict()}

    async def post(self, body: bytes, answer: Answer) -> None:
        """Send one ready-made body and fill `answer`; the deadline covers it from the first byte to the last.

        Raises `Unreachable`, `Lost` or `Slow` for what may be tried again, `NeedsPersonError` for a
        certificate or a proxy, `UnavailableError` for a reply without end.
        """
        answer.proxy = self._proxy
        deadline = self._endpoint.deadline
        try:
            async with asyncio.timeout(deadline):
                await self._receive(body, answer)
        except TimeoutError as error:
            raise Slow(f"{self._endpoint.host} did not finish its answer within {deadline:g} s") from error
        except httpx2.DecodingError:
            answer.complete = True  # damaged, but all that will come; reading it says so
        except _BROKEN as error:
            raise self._broken(error, answer) from error

    async def aclose(self) -> None:
        """Close all connections."""
        await self._http.aclose()

    async def _receive(self, body: bytes, answer: Answer) -> None:
        request = httpx2.Request("POST", self._url, headers=self._headers, content=body, extensions=self._extensions)
        if answer.asked.streamed:
            # Some servers close a connection after a stream without saying so, so none is used again.
            request.headers["Connection"] = "close"
        response = await self._http.send(request, stream=True)
        answer.status = response.status_code
        answer.headers = response.headers  # names in lower case, and read only where something went wrong
        try:
            async for chunk in response.aiter_bytes():
                answer.add(chunk)
                if not response.is_success and len(answer.body) > MAX_ERROR_BODY:
                    del answer.body[MAX_ERROR_BODY:]
                    break
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
                    f"the certificate of {host} is not accepted: {one_line(cause.verify_message).rstrip('.')} "
                    f"(model {self._endpoint.model})",
                    hint="check the address; for a private authority set SSL_CERT_FILE to its certificate",
                    safe=SAFE,
                )
            if isinstance(cause, aiohttp.ClientHttpProxyError):
                answer.sent = False
                return self._not_passed_on(cause.status)
        if answer.status is None and any(isinstance(cause, _NOT_SENT) for cause in causes):
            answer.sent = False
            full = any(isinstance(cause, OSError) and cause.errno in _NO_ROOM for cause in causes)
            who = f"the proxy {self._proxy.address}" if self._proxy else self._endpoint.address
            return (Crowded if full else Unreachable)(f"{who} cannot be reached: {_reason(causes)}")
        if any(isinstance(cause, _NO_HTTP) for cause in causes):
            return Lost(f"what {host} sends is no proper HTTP")
        return Lost(f"{host} broke off: {_reason(causes)}")

    def _not_passed_on(self, status: int) -> Exception:
        """Return the error for a proxy that makes no connection to the server."""
        if status == 407:
            return wants_password(self._proxy, self._endpoint.model, SAFE)
        which = f"the proxy {self._proxy.address}" if self._proxy else "a proxy on the way"
        return Unreachable(f"{which} does not connect to {self._endpoint.address}: it answered {status}")


def _trust(endpoint: Endpoint) -> ssl.SSLContext:
    """Return whose certificates are accepted: for a plain http address without a proxy nobody's, none is shown."""
    if endpoint.base_url.lower().startswith("http:") and not getproxies():
        return ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    return _authorities(os.environ.get("SSL_CERT_FILE"), os.environ.get("SSL_CERT_DIR"))


@cache  # reading them takes 20 ms
def _authorities(*_named: str | None) -> ssl.SSLContext:
    return httpx2.create_ssl_context()


def _causes(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        # A group has one failure for each address of a host.
        several = error.exceptions if isinstance(error, BaseExceptionGroup) else ()
        error = next(iter(several), error.__cause__ or error.__context__)


def _reason(causes: list[BaseException]) -> str:
    """Return the system's own words for the deepest cause, such as "connection refused", or plain ones."""
    if any(isinstance(cause, aiohttp.ClientPayloadError) for cause in causes):
        return "the connection was closed in the middle of the answer"
    for cause in reversed(causes):
        if isinstance(cause, OSError) and cause.errno:
            # asyncio puts its own words and the address in place of the system's; name look-up has negative numbers.
            words = os.strerror(cause.errno) if cause.errno > 0 else cause.strerror
            return one_line(words or "").lower()
        if isinstance(cause, ConnectionResetError):
            return "connection reset by peer"
    return "the connection was closed before an answer came"
