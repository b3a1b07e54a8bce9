"""A provider's cache of prefixes, modelled: which leading tokens of a prompt it has computed before.

As OpenAI describes its own (https://developers.openai.com/api/docs/guides/prompt-caching): the output schema stands
before the system message and belongs to the prefix, prompts of 1024 tokens and more are cached, in steps of 128.
Nothing is ever dropped. A token is taken to be four characters.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

TOKEN = 4
STEP = 128
LEAST = 1024


class Prefixes:
    """The prefixes that are warm."""

    def __init__(self) -> None:
        """Begin cold."""
        self._warm: set[bytes] = set()

    def cached(self, prompt: str) -> int:
        """Return how many leading tokens of a prompt are warm."""
        found = 0
        for found, mark in enumerate(_marks(prompt), 1):
            if mark not in self._warm:
                found -= 1
                break
        return found * STEP if found * STEP >= LEAST else 0

    def warm(self, prompt: str) -> None:
        """Keep every prefix of a prompt."""
        self._warm.update(_marks(prompt))


def prompt_of(body: Mapping[str, Any]) -> str:
    """Return the prompt of a chat completions body as the model reads it: schema, then messages in order."""
    messages = "".join(f"\n<{m['role']}>\n{m['content']}" for m in body["messages"])
    return json.dumps(body.get("response_format"), sort_keys=True) + messages


def possible(bodies: Iterable[Mapping[str, Any]]) -> int:
    """Return the prompt tokens that a cache can give: those of calls one after another, each warm before the next."""
    prefixes, found = Prefixes(), 0
    for body in bodies:
        prompt = prompt_of(body)
        found += prefixes.cached(prompt)
        prefixes.warm(prompt)
    return found


def tokens_of(text: str) -> int:
    """Return the length of a text in tokens, at least one."""
    return max(1, len(text) // TOKEN)


def _marks(prompt: str) -> Iterator[bytes]:
    """Yield a digest of each prefix that ends with a whole step."""
    digest, length = hashlib.blake2b(digest_size=16), STEP * TOKEN
    for end in range(length, len(prompt) + 1, length):
        digest.update(prompt[end - length : end].encode())
        yield digest.digest()
