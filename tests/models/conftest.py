"""Fixtures for what stands behind the model door."""

from __future__ import annotations

from tests.server import loopback

__all__ = ["loopback"]
