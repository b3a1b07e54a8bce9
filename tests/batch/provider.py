"""A provider's Batch API on a loopback server: files, batches, results out of order, failures, expiry."""

from __future__ import annotations

import email
import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email import policy
from typing import Any

from tests.cli.desk import Model
from tests.server import Answer, Loopback, Received, reply

Fault = Callable[[str, Mapping[str, Any]], Mapping[str, Any] | None]


@dataclass
class Provider:
    """Answers each request as `model` would, unless `fault` says otherwise for its custom id and body.

    A fault is a whole result line; `expired` custom ids are in the error file of an expired batch.
    """

    server: Loopback
    model: Model
    fault: Fault = lambda id_, body: None
    fetched_before: int = 0
    files: dict[str, bytes] = field(default_factory=dict)
    batches: dict[str, dict[str, Any]] = field(default_factory=dict)
    paid: list[str] = field(default_factory=list)
    running: bool = False

    def __post_init__(self) -> None:
        self._complete = self.server._handler
        self.server.handle(self._answer)

    def _answer(self, request: Received) -> Answer:
        path = request.path.removeprefix("/v1").partition("?")[0]
        if path == "/files":
            return self._upload(request)
        if path == "/batches":
            return self._begin(request) if request.method == "POST" else reply(200, self._list())
        if found := re.fullmatch(r"/batches/(.+)", path):
            return reply(200, self._at(self.batches[found[1]]))
        if found := re.fullmatch(r"/files/(.+)/content", path):
            return reply(200, self.files[found[1]])
        return reply(500, "no live calls here")

    def _upload(self, request: Received) -> Answer:
        head = f"Content-Type: {request.headers['content-type']}\r\n\r\n".encode()
        parts = {p.get_param("name", header="content-disposition"): p for p in _parts(head + request.body)}
        assert parts["purpose"].get_content().strip() == "batch"
        id_ = f"file-{len(self.files) + 1}"
        self.files[id_] = parts["file"].get_payload(decode=True)
        return reply(
            200, {"id": id_, "object": "file", "bytes": 1, "created_at": 1, "filename": "x", "purpose": "batch"}
        )

    def _begin(self, request: Received) -> Answer:
        asked = request.json
        assert asked["endpoint"] == "/v1/chat/completions"
        id_ = f"batch_{len(self.batches) + 1}"
        self.batches[id_] = {
            "id": id_, "object": "batch", "endpoint": asked["endpoint"], "completion_window": "24h", "created_at": 1,
            "input_file_id": asked["input_file_id"], "metadata": asked.get("metadata"), "status": "in_progress",
        }  # fmt: skip
        return reply(200, self.batches[id_])

    def _list(self) -> dict[str, Any]:
        return {"object": "list", "data": list(self.batches.values()), "has_more": False}

    def _at(self, batch: dict[str, Any]) -> dict[str, Any]:
        if self.running or batch["status"] != "in_progress":
            return batch
        good, bad = self.results(self.files[batch["input_file_id"]])
        number = batch["id"].removeprefix("batch_")
        self.files[f"out-{number}"], self.files[f"err-{number}"] = good, bad
        expired = b"batch_expired" in bad
        total = good.count(b"\n") + bad.count(b"\n")
        counts = {"total": total, "completed": good.count(b"\n"), "failed": bad.count(b"\n")}
        batch |= {"status": "expired" if expired else "completed", "request_counts": counts}
        batch |= {"output_file_id": f"out-{number}", **({"error_file_id": f"err-{number}"} if bad else {})}
        return batch

    def results(self, requests: bytes) -> tuple[bytes, bytes]:
        """The output file, in reverse order, and the error file of a file of requests."""
        good, bad = [], []
        for line in requests.splitlines():
            asked = json.loads(line)
            assert (asked["method"], asked["url"]) == ("POST", "/v1/chat/completions")
            id_, body = asked["custom_id"], asked["body"]
            fault = self.fault(id_, body)
            if fault is not None:
                bad.append({"id": f"r-{id_}", "custom_id": id_, **fault})
                continue
            self.paid.append(id_)
            raw = self._complete(Received("POST", "/v1/chat/completions", {}, json.dumps(body).encode()))
            assert isinstance(raw, bytes)
            answer = json.loads(raw.partition(b"\r\n\r\n")[2])
            response = {"status_code": 200, "request_id": "x", "body": answer}
            good.append({"id": f"r-{id_}", "custom_id": id_, "response": response, "error": None})
        return _lines(reversed(good)), _lines(bad)


def _parts(message: bytes) -> Any:
    return email.message_from_bytes(message, policy=policy.HTTP).iter_parts()


def _lines(results: Any) -> bytes:
    return b"".join(json.dumps(result).encode() + b"\n" for result in results)
