"""The bridge of tests/fake.py told at length, and a server with a window."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from briefer.bundle import Bundle
from tests.cli.command import write
from tests.cli.desk import Model
from tests.fake import bridge_bundle
from tests.server import Answer, Loopback, Received, reply

WHO = ("a driver", "the ferry master", "a baker", "the harbour office", "a teacher", "the bus company", "a nurse")
WHAT = (
    "waited at the ramp",
    "took the long road",
    "asked for a timetable",
    "counted the lorries",
    "sold less",
)
WHERE = ("in Tarn", "by the north bank", "at the toll house", "near the Ouse mill", "behind the market hall")


def filler(outlet: int, number: int) -> str:
    who, what, where = WHO[number % 7], WHAT[(number // 7 + outlet) % 5], WHERE[(number // 3) % 5]
    return f"{who.capitalize()} {what} {where} on day {outlet + 1}{number:03} of the works, and nobody minded much."


def long_bundle(sentences: int = 60) -> Bundle:
    """The bridge bundle with that many more sentences in each article, twice as many in the last."""
    fields = bridge_bundle().model_dump()
    for at, article in enumerate(fields["articles"]):
        count = sentences * (2 if at == 2 else 1)
        article["text"] += "".join(f" {filler(at, number)}" for number in range(count))
    return Bundle.model_validate(fields)


def long_bridge(cwd: Path, sentences: int = 60) -> str:
    """Write that bundle and return its file's name."""
    return write(cwd / "bundle.json", long_bundle(sentences).model_dump(exclude_none=True))


def tokens(request: Received) -> int:
    """How many tokens the server counts: one for four characters."""
    return sum(len(m["content"]) for m in request.json["messages"]) // 4


Words = Callable[[int, int], tuple[int, Mapping[str, Any]]]


class Windowed(Model):
    """A model whose server refuses a prompt above its window in `words`; without them it cuts it, as `cut` does.

    `refused` and `answered` are the requests, the latter with the tokens that were counted.
    """

    def __init__(
        self,
        server: Loopback,
        window: int,
        words: Words | None = None,
        cut: Callable[[Received, int], int] | None = None,
        replies: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(server, replies)
        self.window, self.words, self.cut = window, words, cut
        self.refused: list[Received] = []
        self.answered: list[tuple[Received, int]] = []
        server.handle(self.limited)

    def limited(self, request: Received) -> Answer:
        count = tokens(request)
        if count > self.window and self.words:
            self.refused.append(request)
            status, fields = self.words(self.window, count)
            return reply(status, fields)
        if count > self.window and self.cut:
            count = self.cut(request, self.window)
        answer = self._answer(request)
        if not isinstance(answer, bytes) or b" 200 " not in answer[:20]:
            return answer
        self.answered.append((request, count))
        fields = json.loads(answer.partition(b"\r\n\r\n")[2])
        fields["usage"] = {"prompt_tokens": count, "completion_tokens": 50}
        return reply(200, fields)


def openai(window: int, prompt: int) -> tuple[int, Mapping[str, Any]]:
    words = (
        f"This model's maximum context length is {window} tokens. However, your messages resulted in {prompt} tokens. "
        "Please reduce the length of the messages."
    )
    return 400, {"error": {"message": words, "type": "invalid_request_error", "code": "context_length_exceeded"}}


def vllm(window: int, _: int) -> tuple[int, Mapping[str, Any]]:
    words = (
        f"This model's maximum context length is {window} tokens. However, you requested 0 output tokens and your "
        f"prompt contains at least {window + 1} input tokens, for a total of at least {window + 1} tokens."
    )
    return 400, {"error": {"message": words, "type": "BadRequestError", "param": "input_tokens", "code": 400}}


def llama(window: int, prompt: int) -> tuple[int, Mapping[str, Any]]:
    words = f"request ({prompt} tokens) exceeds the available context size ({window} tokens), try increasing it"
    fields = {"code": 400, "message": words, "type": "exceed_context_size_error"}
    return 400, {"error": {**fields, "n_prompt_tokens": prompt, "n_ctx": window}}


def anthropic(window: int, prompt: int) -> tuple[int, Mapping[str, Any]]:
    words = f"prompt is too long: {prompt} tokens > {window} maximum"
    return 400, {"type": "error", "error": {"type": "invalid_request_error", "message": words}}


def groq(*_: int) -> tuple[int, Mapping[str, Any]]:
    words = "Please reduce the length of the messages or completion."
    return 400, {"error": {"message": words, "param": "messages", "code": "context_length_exceeded"}}


def drops_messages(request: Received, _: int) -> int:
    """Ollama: the oldest messages go, but never the rules nor the last one."""
    messages = request.json["messages"]
    return (len(messages[0]["content"]) + len(messages[-1]["content"])) // 4


def keeps_half(_: Received, window: int) -> int:
    """Ollama 0.32: what is left of a prompt that was cut is half a window and two tokens."""
    return window // 2 + 2
