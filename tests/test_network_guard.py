"""The guard of `conftest.py` stops what leaves the machine and lets loopback through."""

from __future__ import annotations

import asyncio
import os
import socket
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

OUTSIDE = "192.0.2.7"  # reserved for documentation by RFC 5737: nothing answers there
REFUSED = "loopback only"


@pytest.fixture
def expected(network_attempts: list[str]) -> Iterator[list[str]]:
    """Attempts that the test makes on purpose; the guard then finds none left over."""
    yield network_attempts
    assert network_attempts
    network_attempts.clear()


@pytest.mark.parametrize("method", ["connect", "connect_ex"])
@pytest.mark.parametrize(
    "address", [(OUTSIDE, 443), ("api.example", 443), ("2001:db8::7", 443), ("::ffff:192.0.2.7", 443, 0, 0)]
)
def test_an_outside_address_is_refused(method: str, address: tuple[object, ...], expected: list[str]) -> None:
    with socket.socket() as sock, pytest.raises(RuntimeError, match=REFUSED):
        getattr(sock, method)(address)


def test_a_datagram_is_refused(expected: list[str]) -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sock, pytest.raises(RuntimeError, match=REFUSED):
        sock.sendto(b"x", (OUTSIDE, 53))


@pytest.mark.parametrize("host", ["api.example", b"api.example", OUTSIDE])
def test_a_name_is_not_looked_up(host: str | bytes, expected: list[str]) -> None:
    with pytest.raises(RuntimeError, match=REFUSED):
        socket.getaddrinfo(host, 443)


def test_asyncio_is_guarded_too(expected: list[str]) -> None:
    with pytest.raises(RuntimeError, match=REFUSED):
        asyncio.run(asyncio.wait_for(_open("api.example"), 5))


def test_a_swallowed_refusal_is_still_counted(expected: list[str]) -> None:
    with suppress(Exception):
        socket.create_connection((OUTSIDE, 443), timeout=1)
    assert expected


def test_loopback_is_allowed() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname(), 5) as client:
        assert client.getpeername() == server.getsockname()


def test_loopback_of_ipv6_is_allowed() -> None:
    with suppress(OSError), socket.socket(socket.AF_INET6) as sock:  # nobody listens, or there is no IPv6 here
        sock.connect(("::1", 9))


def test_localhost_is_looked_up() -> None:
    assert socket.getaddrinfo("localhost", 80)


def test_a_unix_socket_is_allowed(tmp_path: Path) -> None:
    path = tmp_path / "s"
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as client:
        server.bind(str(path))
        server.listen()
        client.connect(str(path))


def test_the_environment_is_empty_of_keys_and_settings() -> None:
    assert not [name for name in os.environ if name.startswith(("OPENAI_", "BRIEFER_"))]
    assert not list(Path.home().iterdir())
    assert os.environ["XDG_CONFIG_HOME"].startswith(str(Path.home()))


async def _open(host: str) -> None:
    await asyncio.open_connection(host, 443)
