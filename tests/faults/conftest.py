"""Fixtures for the tests of the faults."""

from __future__ import annotations

from tests.server import loopback

__all__ = ["loopback"]
