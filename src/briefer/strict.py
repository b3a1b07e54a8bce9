"""JSON without guesses: no equal keys, no NaN, no endless numbers; and one object out of a chatty reply."""

from __future__ import annotations

import json
import math
import re
from typing import Any, NoReturn

_CONTROLS = dict.fromkeys(range(0x20), " ")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SURROGATE_ESCAPE = re.compile(r"\\u[dD][89a-fA-F]")


def read_json(text: str) -> Any:
    """Parse JSON; `ValueError` for what is broken, ambiguous, not a number, or nested too deeply."""
    try:
        return _DECODER.decode(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None


def sole_object(content: str) -> str | None:
    """Return the text of the one JSON object in a model's reply, None if there is none or more than one.

    Reasoning up to the last `</think>`, code fences and prose around the object are left aside;
    nothing is mended. Control characters become spaces (in JSON they stand between values only),
    lone surrogates U+FFFD, so that the text can always be encoded.
    """
    content = _SURROGATE.sub("\ufffd", content.translate(_CONTROLS))
    if not content.lstrip().startswith("<think>"):
        whole = _object_in(content)
        if whole is not None:
            return whole
    _, closed, after = content.rpartition("</think>")
    return _object_in(after) if closed else None


def _object_in(text: str) -> str | None:
    start = text.find("{")
    if start < 0:
        return None
    try:
        value, end = _DECODER.raw_decode(text, start)
    except (ValueError, RecursionError):
        return None
    inside_a_list = text[:start].rstrip().endswith(("[", ","))
    if inside_a_list or "{" in text[end:] or "</think>" in text[end:]:
        return None
    if _SURROGATE_ESCAPE.search(text, start, end):
        # Lone escapes such as \ud83d are legal here, but no strict reader after this one takes them.
        return _SURROGATE.sub("\ufffd", json.dumps(value, ensure_ascii=False))
    return text[start:end]


def _without_equal_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    fields = dict(pairs)
    if len(fields) != len(pairs):
        raise ValueError("two equal keys in one object")
    return fields


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError("a number beyond all bounds")
    return number


def _not_a_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is not JSON")


_DECODER = json.JSONDecoder(object_pairs_hook=_without_equal_keys, parse_constant=_not_a_number, parse_float=_finite)
