"""One call ahead, the others into the warm cache.

Providers keep what they have read of a prompt and sell it again at a tenth to a half of the price, but only from the
moment a first call with it is being answered: calls that start together all pay in full.
"""

from __future__ import annotations

import asyncio
import hashlib
from collections import OrderedDict
from collections.abc import Callable

from briefer.calls import Request, canonical_json

# OpenAI keeps nothing below 1,024 tokens; a token is hardly ever shorter than three characters.
_LEAST = 3 * 1024
_REMEMBERED = 256


class Prefixes:
    """The beginnings that calls share: who goes ahead with each, and whether a server has begun to answer it."""

    def __init__(self) -> None:
        """Nothing is warm yet."""
        self._begun: OrderedDict[bytes, asyncio.Event] = OrderedDict()

    async def turn(self, request: Request) -> Callable[[], None] | None:
        """Return at once for the first call with a beginning, for the others once it is warm.

        The first gets a function to call when its answer begins, and when it ends in any way; the others None.
        """
        shared = list(request.messages[: request.shared])
        if sum(len(message["content"]) for message in shared) < _LEAST:
            return None
        key = hashlib.sha256(canonical_json([request.schema, shared])).digest()
        if key in self._begun:
            await self._begun[key].wait()
            return None
        event = self._begun[key] = asyncio.Event()
        if len(self._begun) > _REMEMBERED:
            self._begun.popitem(last=False)[1].set()
        return event.set
