"""Where a model is reached, and what one call may take."""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from briefer.errors import NeedsPersonError, UsageError
from briefer.text import one_line


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A server and its model; `deadline` is the wall-clock time of one attempt, in seconds.

    `max_wait` is the longest pause between two of them, and how long a call waits in all for a server that is too
    busy. Without `reply_tokens` and `temperature` the server's own values hold, without `window` what is learnt. The
    key never shows in a repr.
    """

    base_url: str
    api_key: str | None = field(repr=False)
    model: str
    deadline: float = 180.0
    attempts: int = 4
    max_wait: float = 60.0
    concurrency: int = 8
    reply_tokens: int | None = None
    temperature: float | None = None
    window: int | None = None

    def __post_init__(self) -> None:
        """Reject before any call what can never work: an address without a host, a missing or broken key."""
        try:
            parts = urlsplit(self.base_url)
            usable = parts.scheme in ("http", "https") and bool(parts.hostname)
            _ = parts.port
        except ValueError:
            usable = False
        if not usable:
            raise UsageError(
                f"the base URL {one_line(self.base_url)[:80]!r} is not an http or https address",
                hint="write it like https://api.openai.com/v1 or http://127.0.0.1:8080/v1",
            )
        if not self.key:
            raise NeedsPersonError(f"there is no key for {self.host}", hint="set BRIEFER_API_KEY or OPENAI_API_KEY")
        if not (self.key.isascii() and self.key.isprintable()):
            raise NeedsPersonError(
                f"the key for {self.host} holds characters that no key has", hint="copy it again, without line breaks"
            )

    @property
    def key(self) -> str:
        """The key to send; a server on this machine needs none and gets "none"."""
        return (self.api_key or "").strip() or ("none" if self.is_loopback else "")

    @property
    def host(self) -> str:
        """Host and port as people write them, without user name, password or path."""
        parts = urlsplit(self.base_url)
        name = one_line(parts.hostname or "")
        name = f"[{name}]" if ":" in name else name
        return name if parts.port is None else f"{name}:{parts.port}"

    @property
    def address(self) -> str:
        """Host and port, the port named even where the address leaves it out."""
        parts = urlsplit(self.base_url)
        return self.host if parts.port is not None else f"{self.host}:{443 if parts.scheme == 'https' else 80}"

    @property
    def is_loopback(self) -> bool:
        """Whether the server is this machine."""
        return is_loopback(self.base_url)


def is_loopback(base_url: str) -> bool:
    """Whether an address is this machine's own."""
    name = (urlsplit(base_url).hostname or "").rstrip(".")
    if name == "localhost" or name.endswith(".localhost"):
        return True
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return False
