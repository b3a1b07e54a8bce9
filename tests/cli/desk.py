"""A chat completions server that answers as a model would, out of the bundle of tests/fake.py."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from briefer.journal import Journal
from briefer.sections import SECTIONS
from tests.cli.command import run_folder, write
from tests.fake import block, bridge_bundle, wire
from tests.server import Answer, Loopback, Received, completion

KEY = "test-key-0123456789"
# What a careful model writes about the bridge, by section, outlet and round.
REPLIES: Mapping[str, Mapping[str, Any]] = {
    "whats_happened": {"blocks": [block(("About 9,000 vehicles use the bridge each day.", ["A1.3"]))]},
    "behind_the_headline": {"blocks": [block(("Shop owners said trade in Tarn had halved.", ["A3.2", "A3.1"]))]},
    "papers_say/Tarn Gazette": {
        "blocks": [block(("Inspectors found a crack in a main girder of the Tarn bridge.", ["A1.1"]))]
    },
    "papers_say/Northern Wire": {
        "blocks": [block(("The bridge will remain shut for at least six weeks, Mayor Ines Okafor said.", ["A2.1"]))]
    },
    "papers_say/Coast Radio": {
        "blocks": [block(("Drivers must go 31 kilometres around while the bridge is closed.", ["A3.1"]))]
    },
    "papers_say:closing": {
        "blocks": [block(("The Tarn Gazette reports a crack, Coast Radio a detour.", ["A1.1", "A3.1"]))]
    },
    "how_we_got_here": {"blocks": [block(("The Tarn bridge opened in May 1987.", ["A1.5", "A1.1"]), date="1987-05")]},
    "go_deeper": {"open_questions": ["When will the Tarn bridge open again?"]},
    "topics": {"blocks": [block(("Tarn is a port of 40,000 people.", ["R1.1"]), heading="Tarn")]},
}
CALLS = len(REPLIES)


class Model:
    """Answers the requests of a loopback server; `replies` are parts of a reply, a whole HTTP answer, or a function
    from the token that the reply must echo to one of them.

    `judge` gives a whole HTTP answer to the text of a judge's call; without it, whatever is asked is supported.
    """

    def __init__(
        self,
        server: Loopback,
        replies: Mapping[str, Any] | None = None,
        judge: Callable[[str], Answer] | None = None,
    ) -> None:
        self.replies: dict[str, Any] = {**REPLIES, **(replies or {})}
        self.judge = judge or (lambda asked: completion(opinions(asked)))
        self.asked: list[str] = []
        self.env = {"BRIEFER_BASE_URL": server.base_url, "BRIEFER_MODEL": "m", "BRIEFER_API_KEY": KEY}
        server.handle(self._answer)

    def _answer(self, request: Received) -> Answer:
        messages = request.json["messages"]
        if len(messages) == 1:  # all others begin with the rules of the desk
            self.asked.append("judge")
            return self.judge(messages[0]["content"])
        name = _call(messages)
        self.asked.append(name)
        answer = self.replies.get(name, {})
        token = re.findall(r'Set "call" to "(c-[0-9a-f]{8})"', messages[-1]["content"])[-1]
        answer = answer(token) if callable(answer) else answer
        return completion(wire(token, **answer)) if isinstance(answer, Mapping) else answer


def _call(messages: list[dict[str, str]]) -> str:
    """Name a call as REPLIES does: by its section, its outlet, and its round unless that is the first."""
    second, last = messages[1]["content"], messages[-1]["content"]
    round_ = ":reshape" if last.startswith("Your reply could not be read") else ""
    if any(message["role"] == "assistant" for message in messages):
        round_ = ":repair"
    if "=== ACCOUNTS " in second:
        return "papers_say:closing" + round_
    task = messages[2]["content"]
    section = min((s for s in SECTIONS if s.title in task), key=lambda s: task.index(s.title))
    outlets = re.findall(r"(?m)^Article A\d+, (.+?)(?:, published.*)?$", second)
    return section.key + (f"/{outlets[0]}" if section.key == "papers_say" else "") + round_


def opinions(asked: str, **by_text: str) -> str:
    """The reply of a judge that supports every statement but those that hold a word of `by_text`."""
    verdicts = [
        {
            "statement": int(number),
            "missing": "",
            "verdict": next((said for word, said in by_text.items() if word in text), "supported"),
        }
        for number, text in re.findall(r"(?m)^Statement (\d+)[^“]*“(.*)”$", asked)
    ]
    return json.dumps({"call": re.findall(r'"(c-[0-9a-f]{8})"', asked)[-1], "verdicts": verdicts})


def bridge(cwd: Path) -> str:
    """Write the bundle of tests/fake.py and return its file's name."""
    return write(cwd / "bundle.json", bridge_bundle().model_dump(exclude_none=True))


def journaled(cwd: Path) -> list[str]:
    """The status of every call that the only run folder records."""
    return [record.status.value for record in Journal.read(run_folder(cwd) / "calls.jsonl").records]
