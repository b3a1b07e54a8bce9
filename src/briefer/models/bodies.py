"""Request bodies of the chat completions API, put together from parts that are encoded once."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from briefer.calls import Message, Request, encoded
from briefer.models.features import Features, Shape

SCHEMA_NAME = "briefing_section"


def body_of(
    request: Request,
    model: str,
    features: Features,
    *,
    limit: int | None = None,
    temperature: float | None = None,
    stream: bool = False,
) -> bytes:
    """Return the JSON body of a request, ASCII only; the schema keeps its order of keys.

    `limit` is the longest reply in tokens. `stream` asks for the reply piece by piece, its tokens counted at the end.
    """
    shape, messages = features.shape, request.messages
    options: dict[str, Any] = {"stream": stream}
    if stream:
        options["stream_options"] = {"include_usage": True}
    if not request.plain:
        options |= _format(request.schema, shape)
        messages = _with_schema(messages, request.schema) if shape >= Shape.JSON else messages
    if limit is not None and features.limit:
        options[features.limit] = limit
    if temperature is not None and features.temperature:
        options["temperature"] = temperature
    told = ",".join(f'{{"role":"{m["role"]}","content":{encoded(m["content"])}}}' for m in messages)
    # The messages come last: whoever reads a request sees first what is asked for.
    return f'{{"model":{encoded(model)},{_dumped(options)[1:-1]},"messages":[{told}]}}'.encode("ascii")


def _format(schema: Mapping[str, Any], shape: Shape) -> dict[str, Any]:
    if shape is Shape.PROMPT:
        return {}
    if shape is Shape.JSON:
        return {"response_format": {"type": "json_object"}}
    strict = {"strict": True} if shape is Shape.STRICT else {}
    return {
        "response_format": {"type": "json_schema", "json_schema": {"name": SCHEMA_NAME, **strict, "schema": schema}}
    }


def _with_schema(messages: Sequence[Message], schema: Mapping[str, Any]) -> list[Message]:
    # In front of the articles, so that the prefix which all sections share stays one.
    asked = (
        "Answer with one JSON object and nothing else: no fences, no comment. "
        f"It must follow this JSON Schema:\n{json.dumps(schema, ensure_ascii=False)}"
    )
    first, rest = messages[0], list(messages[1:])
    if first["role"] != "system":
        return [Message(role="system", content=asked), *messages]
    return [Message(role="system", content=f"{first['content']}\n\n{asked}"), *rest]


def _dumped(value: object) -> str:
    return json.dumps(value, ensure_ascii=True, separators=(",", ":"))
