"""The model door: everything that answers a `Request` stands behind `Model`."""

from __future__ import annotations

from typing import Protocol

from briefer.calls import Completion, Request


class Model(Protocol):
    """Anything that drafts: a server, a tape, or the articles' own sentences."""

    @property
    def name(self) -> str:
        """The model's name as it is written into a briefing."""

    async def reply(self, request: Request) -> Completion:
        """Answer one request; a reply that cannot be used is a `Completion` with a `failure`.

        Raises `BrieferError` for what ends the run: no key, no credit, no server, no disk.
        """
