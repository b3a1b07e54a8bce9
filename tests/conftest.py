"""What holds for every test: no network but loopback, no key, no settings of whoever runs it."""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Callable, Iterator
from typing import Any

import pytest

collect_ignore = ["realserver"]  # it needs a server that takes minutes to build: make test-realserver


class NetworkUse(RuntimeError):
    """A test tried to leave this machine."""


@pytest.fixture(autouse=True)
def network_attempts(monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """Refuse every address but loopback, and fail the test even where the code swallowed the refusal."""
    attempts: list[str] = []

    def guarded(name: str, real: Callable[..., Any], address_at: int) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            address = kwargs.get("host") if len(args) <= address_at else args[address_at]
            if not _is_local(address):
                attempts.append(f"{name} {address!r}")
                raise NetworkUse(f"{name} {address!r}: tests may use loopback only")
            return real(*args, **kwargs)

        return call

    for name in ("connect", "connect_ex"):
        monkeypatch.setattr(socket.socket, name, guarded(name, getattr(socket.socket, name), 1))
    # sendto(data, [flags,] address): the address comes last.
    monkeypatch.setattr(socket.socket, "sendto", guarded("sendto", socket.socket.sendto, -1))
    for name in ("getaddrinfo", "gethostbyname", "gethostbyname_ex"):
        monkeypatch.setattr(socket, name, guarded(name, getattr(socket, name), 0))
    yield attempts
    assert not attempts, f"the test left the machine: {attempts}"


def _is_local(address: object) -> bool:
    """Whether an address, or the host in it, is loopback, a Unix socket, or nothing at all."""
    if isinstance(address, tuple):
        address = address[0]
    elif isinstance(address, (str, bytes)) and os.fsdecode(address).startswith(("/", "\0")):
        return True  # a Unix socket's path
    host = os.fsdecode(address) if isinstance(address, (str, bytes)) else ""
    if host in ("", "localhost"):
        return True
    try:
        return ipaddress.ip_address(host.split("%")[0]).is_loopback
    except ValueError:
        return False


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Take away keys, settings and the user's own configuration; subprocesses inherit the same."""
    for name in os.environ:
        if name.startswith(("OPENAI_", "BRIEFER_", "XDG_")):
            monkeypatch.delenv(name)
    home = tmp_path_factory.mktemp("home")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.setenv("XDG_CONFIG_HOME", str(home / ".config"))
