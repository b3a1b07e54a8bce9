"""Fixtures for the tests of a batch."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from benchmarks.loopback import Server, serving
from tests.server import loopback

__all__ = ["loopback"]


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    """The quick server of the benchmarks, in a process of its own."""
    with serving() as running:
        yield running
