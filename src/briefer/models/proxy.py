"""The proxy that the environment names for an address, as messages may name it: without user name or password."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from briefer.errors import NeedsPersonError
from briefer.text import one_line

_KINDS = ("http", "https")


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy: how it is spoken to, and its host and port."""

    kind: str
    address: str


def proxy_for(base_url: str, named: Mapping[str, str] | None = None) -> Proxy | None:
    """Return the proxy for calls to this address, None for none; the transport takes the same one.

    `named` are proxies by scheme, without it those that the environment names.
    """
    from urllib.request import getproxies, proxy_bypass  # half of an HTTP client

    target = urlsplit(base_url)
    named = getproxies() if named is None else named
    url = named.get(target.scheme) or named.get("all")
    if not url or proxy_bypass(target.hostname or ""):
        return None
    try:
        parts = urlsplit(url if "://" in url else f"http://{url}")
        port = f":{parts.port}" if parts.port is not None else ""
        host = one_line(parts.hostname or "")
    except ValueError:
        return Proxy("", "")
    return Proxy(parts.scheme, (f"[{host}]" if ":" in host else host) + port)


def refuse_unknown(proxy: Proxy | None) -> None:
    """Raise `NeedsPersonError` for a proxy that cannot be spoken to."""
    if proxy is None or (proxy.kind in _KINDS and proxy.address):
        return
    which = f"the proxy {proxy.address}" if proxy.address else "the proxy that the environment names"
    raise NeedsPersonError(f"{which} is no http or https proxy", hint=_MEND)


def wants_password(proxy: Proxy | None, model: str, safe: str) -> NeedsPersonError:
    """Return the error for a proxy that lets nobody through without a name and a password (status 407)."""
    which = f"the proxy {proxy.address}" if proxy else "a proxy on the way"
    return NeedsPersonError(f"{which} wants a user name and a password (model {model})", hint=_MEND, safe=safe)


_MEND = "set it in HTTP_PROXY or HTTPS_PROXY as http://user:password@host:port, or leave the server out with NO_PROXY"
