"""What a connection is made of, before it is made."""

from __future__ import annotations

import asyncio
import ssl
from typing import Any

import pytest

from briefer.models.endpoint import Endpoint
from briefer.models.wire import Wire


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """Return a list that fills with each reading of the accepted certificates."""
    found: list[object] = []
    load = ssl.SSLContext.load_verify_locations

    def noted(context: ssl.SSLContext, *args: Any, **options: Any) -> None:
        found.append(args)
        load(context, *args, **options)

    monkeypatch.setattr(ssl.SSLContext, "load_verify_locations", noted)
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy"):
        monkeypatch.delenv(name, raising=False)
    # A place of its own, so that no other test has read it before.
    monkeypatch.setenv("SSL_CERT_DIR", "/nowhere")
    monkeypatch.delenv("SSL_CERT_FILE", raising=False)
    return found


async def _made(*urls: str) -> None:
    for url in urls:
        await Wire(Endpoint(url, "sk-1", "m")).aclose()


def test_certificates_are_read_once_for_all_connections(read: list[object]) -> None:
    asyncio.run(_made("https://a.example/v1", "https://b.example/v1", "https://a.example/v1"))
    assert len(read) == 1


def test_certificates_are_not_read_where_none_is_shown(read: list[object]) -> None:
    asyncio.run(_made("http://127.0.0.1:8080/v1"))
    assert read == []


def test_a_proxy_may_show_a_certificate(read: list[object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_DIR", "/nowhere/else")
    monkeypatch.setenv("HTTP_PROXY", "https://proxy.example")
    asyncio.run(_made("http://127.0.0.1:8080/v1"))
    assert len(read) == 1
