"""What is wrong with the shape of a reply, in words for the model and for people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import ValidationError

if TYPE_CHECKING:
    from pydantic_core import ErrorDetails

_FIELDS = {
    "call", "headline", "blocks", "open_questions", "heading", "date", "statements", "text", "kind", "cites"
}  # fmt: skip
_WANTED = {
    "missing": "is missing", "string_type": "is not a text", "list_type": "is not a list", "int_type": "is no number",
    "model_type": "is not an object", "model_attributes_type": "is not an object", "dict_type": "is not an object",
}  # fmt: skip


def shape_problems(error: ValidationError) -> list[str]:
    """Return what is wrong with a reply's shape in plain words, never the reply's own text."""
    problems = []
    for item in error.errors(include_input=False, include_url=False):
        # A key that the model invented is its own text: only names from the schema are repeated.
        parts = [str(p) for p in item["loc"] if isinstance(p, int) or p in _FIELDS]
        path = ".".join(parts) or "the reply"
        if item["type"] == "value_error":
            problems.append(str(item["ctx"]["error"]))
        elif item["type"] == "extra_forbidden":
            problems.append(f"{path} has a key that the schema does not have")
        else:
            problems.append(f"{path} {_wanted(item)}")
    return list(dict.fromkeys(problems))[:8]


def _wanted(item: ErrorDetails) -> str:
    """Return what a field is to be, in words that know nothing of this program's classes."""
    if item["type"] == "literal_error":
        return f"is not {item['ctx']['expected']}"
    return _WANTED.get(item["type"], "is not of the form that was asked for")
