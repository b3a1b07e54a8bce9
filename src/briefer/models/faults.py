"""An error in a server's own words: read whatever its form, made safe to print."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from briefer.text import inert, one_line

SHOWN = 80  # characters of a server's own words in a message


@dataclass(frozen=True, slots=True)
class Fault:
    """An error in the server's own words: `said` is safe to print, `words` are for searching only."""

    status: int
    code: str
    words: str
    said: str
    fields: Mapping[str, Any]


_STATUS_OF = {
    "insufficient_quota": 429, "rate_limit_exceeded": 429, "invalid_api_key": 401, "model_not_found": 404,
    "context_length_exceeded": 400, "content_filter": 400, "invalid_request_error": 400,
}  # fmt: skip


def inner_status(error: Mapping[str, Any]) -> int:
    """Return the status that an error inside a good answer stands for."""
    for name in ("code", "status", "type"):
        value = error.get(name)
        if isinstance(value, int) and 400 <= value < 600:
            return value
        if isinstance(value, str) and value in _STATUS_OF:
            return _STATUS_OF[value]
    return 500


def error_fields(raw: bytes) -> Mapping[str, Any]:
    """Return the fields of an error body, whichever of the common forms it has."""
    try:
        body = json.loads(raw.decode("utf-8", "replace"))
    except (ValueError, RecursionError):
        return {"message": raw[:4000].decode("utf-8", "replace")}
    if isinstance(body, list):  # Gemini's
        body = next(iter(body), None)
    if isinstance(body, dict):
        inner = body.get("error") or body.get("detail") or body
        return inner if isinstance(inner, dict) else {"message": str(inner)[:4000]}
    return {}


def fault_of(status: int, fields: Mapping[str, Any], key: str) -> Fault:
    """Return the error of an answer; neither the key nor an active character is in `said`."""
    words = str(fields.get("message") or "")[:4000]
    code = " ".join(str(fields[name])[:100] for name in ("code", "type", "param") if fields.get(name))
    said = redacted(inert(words), key)[:SHOWN].strip()
    return Fault(status, code, words, f": {said}" if said else "", fields)


_KEYLIKE = re.compile(r"\bsk-[\w*.\-]{4,}|\bBearer\s+\S+|[A-Za-z0-9_\-]{32,}", re.I)


def redacted(text: str, key: str) -> str:
    """Return `text` on one line without the key and without anything that looks like one."""
    return without_keys(one_line(text), key)


def without_key(text: str, key: str) -> str:
    """Return `text` without the key."""
    return text.replace(key, "[key]") if len(key) >= 8 else text


def without_keys(text: str, key: str) -> str:
    """Return `text` without the key and without anything that looks like one."""
    return _KEYLIKE.sub("[key]", without_key(text, key))
