"""A model that answers what a test tells it to, and remembers what it was asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any

from briefer.bundle import Bundle
from briefer.calls import Completion, Request, Spent

Line = tuple[str, list[str]]
Script = Mapping[str, Any]


def wire(call: str = "", **parts: Any) -> str:
    """Return a reply in the wire shape; what is not given is empty."""
    empty = {"call": call, "headline": {"text": "", "cites": []}, "blocks": [], "open_questions": []}
    return json.dumps(empty | parts)


def block(*lines: Line, heading: str = "", date: str = "", kind: str = "reported") -> dict[str, Any]:
    """Return one block of statements, each a text and its cites."""
    statements = [{"text": text, "kind": kind, "cites": cites} for text, cites in lines]
    return {"heading": heading, "date": date, "statements": statements}


class FakeModel:
    """Answers by `section`, `section/outlet`, or either with `:round`; anything else gets an empty reply."""

    name = "fake"

    def __init__(self, script: Script) -> None:
        self.script = script
        self.asked: list[Request] = []

    async def reply(self, request: Request) -> Completion:
        self.asked.append(request)
        answer = self._answer(request)
        if isinstance(answer, Completion):
            return answer
        if isinstance(answer, Exception):
            raise answer
        text = answer if isinstance(answer, str) else wire(request.call, **answer)
        return Completion(text, Spent(calls=1, input_tokens=100, cached_tokens=0, output_tokens=10))

    def _answer(self, request: Request) -> Any:
        name = f"{request.section}/{request.outlet}" if request.outlet else request.section
        keys = [f"{name}:{request.round}", f"{request.section}:{request.round}"]
        if request.round == "draft":
            keys += [name, request.section]
        found: Any = next((self.script[k] for k in keys if k in self.script), {})
        return found(request) if isinstance(found, Callable) else found  # type: ignore[arg-type]

    def calls(self, section: str, round_: str = "draft") -> list[Request]:
        """The requests of one section and round."""
        return [r for r in self.asked if r.section == section and r.round == round_]


def bridge_bundle() -> Bundle:
    """Three invented outlets on a closed bridge, with figures, hedges and quotations to get wrong."""
    return Bundle.model_validate(
        {
            "id": "tarn-bridge",
            "topic": "Closure of the Tarn bridge",
            "articles": [
                {
                    "outlet": "Tarn Gazette",
                    "title": "Tarn bridge shut after crack is found",
                    "published": "2026-03-03",
                    "text": "The Tarn bridge was closed on Monday after inspectors found a crack in a main girder. "
                    "Repairs will cost $4.2 million, the council said. About 9,000 vehicles cross the bridge each day. "
                    "“Safety comes first,” Mayor Ines Okafor told reporters. "
                    "Okafor said the bridge opened in May 1987.",
                },
                {
                    "outlet": "Northern Wire",
                    "title": "Closure to last weeks, says mayor",
                    "published": "2026-03-03",
                    "text": "The Tarn bridge will stay closed for at least six weeks, Mayor Ines Okafor said. "
                    "The transport minister, Paul Renn, has not resigned and will visit on Thursday. "
                    "Repairs may cost $4.6 million, according to an internal estimate seen by Northern Wire.",
                },
                {
                    "outlet": "Coast Radio",
                    "published": "2026-03-04",
                    "text": "Drivers in Tarn face a detour of 31 kilometres while the bridge is closed. "
                    "Several shop owners said trade had halved. A public meeting is planned for Friday.",
                },
            ],
            "references": [
                {
                    "title": "Tarn",
                    "source": "Desk",
                    "text": "Tarn is a port of 40,000 people. It lies on the river Ouse.",
                }
            ],
        }
    )
