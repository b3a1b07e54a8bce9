"""briefer turns a bundle of news articles into a briefing in which every printed sentence is proved."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from briefer.api import check, summarize
    from briefer.briefing import Briefing
    from briefer.bundle import Bundle
    from briefer.loading import load_bundle
    from briefer.settings import Settings

__all__ = ["Briefing", "Bundle", "Settings", "check", "load_bundle", "summarize"]

# Loaded when they are asked for: `briefer --help` needs none of them.
_HOMES = {
    "Briefing": "briefer.briefing",
    "Bundle": "briefer.bundle",
    "Settings": "briefer.settings",
    "check": "briefer.api",
    "load_bundle": "briefer.loading",
    "summarize": "briefer.api",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'briefer' has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
