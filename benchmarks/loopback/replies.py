"""What the modelled server says: recorded replies where it has one, else two of the articles' own sentences."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

_CALL = re.compile(r'Set "call" to "(c-[0-9a-f]{8})"')
_SENTENCE = re.compile(r"^\[([AR]\d+\.\d+)\] (\S+(?: \S+){4,15}[.])$", re.MULTILINE)


class Replies:
    """Recorded replies by the token of their call."""

    def __init__(self, tapes: Iterable[Path] = ()) -> None:
        """Read tapes; what they recorded is said again when the same call is made."""
        self._recorded: dict[str, str] = {}
        for tape in tapes:
            for line in tape.read_text("utf-8").splitlines():
                record = json.loads(line)["record"]
                if record["status"] == "ok":
                    text = json.loads(record["body"])["choices"][0]["message"]["content"]
                    self._recorded[json.loads(text)["call"]] = text

    def answer(self, body: Mapping[str, Any]) -> str:
        """Return the reply to a chat completions body."""
        messages = body["messages"]
        call = _CALL.search(messages[-1]["content"])
        token = call[1] if call else ""
        return self._recorded.get(token) or drafted(token, messages)


def drafted(call: str, messages: Iterable[Mapping[str, Any]]) -> str:
    """Return a reply that fits every section: a headline and one block of two statements.

    Its sentences are whole ones of the prompt, short enough to be nobody's copied run; without any it is empty.
    """
    found = (match for message in messages for match in _SENTENCE.finditer(message["content"]))
    lines = [{"text": match[2], "cites": [match[1]]} for match, _ in zip(found, range(2), strict=False)]
    statements = [{"text": line["text"], "kind": "reported", "cites": line["cites"]} for line in lines]
    return json.dumps(
        {
            "call": call,
            "headline": lines[0] if lines else {"text": "", "cites": []},
            "blocks": [{"heading": "What happened?", "date": "", "statements": statements}] if lines else [],
            "open_questions": [],
        },
        ensure_ascii=False,
    )
