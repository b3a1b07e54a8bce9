"""What no sink may receive: links that lie about where they lead, and lines that a CI runner obeys."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit, urlunsplit

from briefer.text import is_hidden

_HOST = re.compile(r"[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?")
_SAFE = "/%:@!$'*+,;=~()"
# GitHub obeys "::name" at the start of a line, white space aside, and, like Azure Pipelines and TeamCity,
# "##[name]", "##vso[...]" or "##teamcity[...]"; GitHub and Azure find those anywhere in a line.
_COMMAND = re.compile(r"(?::(?=:)|#(?=#\w*\[))")
_OBEYED = re.compile(r"(?m)(?:^\s*:(?=:)|#(?=#\w*\[))")


def safe_url(url: str | None) -> str | None:
    """Return the address as plain ASCII when it is http(s) with a host and without userinfo, else None."""
    url = (url or "").strip(" ")
    if any(c.isspace() or is_hidden(c) or c == "\\" for c in url):
        return None
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").encode("idna").decode()
        port = f":{parts.port}" if parts.port is not None else ""
    except ValueError:
        return None
    if parts.scheme not in ("http", "https") or "@" in parts.netloc or not _HOST.fullmatch(host):
        return None
    path, query, fragment = quote(parts.path, _SAFE), quote(parts.query, _SAFE + "?&"), quote(parts.fragment, _SAFE)
    return urlunsplit((parts.scheme, host + port, path, query, fragment))


def is_command(text: str) -> bool:
    """Whether a line of a CI log with this text could be taken for a workflow command."""
    return _COMMAND.search(text) is not None


def quiet(text: str) -> str:
    """Return `text` with the signs of workflow commands set apart: "::error::" becomes ": :error: :"."""
    return _COMMAND.sub(r"\g<0> ", text)


def quiet_lines(text: str) -> str:
    """Return whole lines, as they will stand in a log, so that none is obeyed; "[::1]" within a line stays as it is."""
    return _OBEYED.sub(r"\g<0> ", text)
