"""Many bundles through a provider's Batch API: the same briefings as live, each reply paid once."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.batch.provider import Provider
from tests.batch.test_batch import stories
from tests.cli.command import Outcome, run
from tests.cli.desk import CALLS, Model
from tests.fake import block
from tests.server import Loopback

WRONG = {"blocks": [block(("Inspectors found 12 cracks in a main girder of the Tarn bridge.", ["A1.1"]))]}
BROKEN = {"response": {"status_code": 500, "request_id": "x", "body": {"error": {"message": "no"}}}, "error": None}
EXPIRED = {"response": None, "error": {"code": "batch_expired", "message": "not done within 24 h"}}


@pytest.fixture
def model(loopback: Loopback) -> Model:
    return Model(loopback)


@pytest.fixture
def provider(loopback: Loopback, model: Model) -> Provider:
    return Provider(loopback, model)


def step(name: str, *args: str, cwd: Path, model: Model) -> Outcome:
    return run("batch", name, *args, "-o", "post", cwd=cwd, env=model.env)


def requests(cwd: Path, number: int) -> list[dict[str, Any]]:
    lines = (cwd / f"post/provider/requests-{number:03}.jsonl").read_text().splitlines()
    return [json.loads(line) for line in lines]


def briefings(cwd: Path, folder: str) -> dict[str, Any]:
    """Every briefing without what it took and which of the two ways it came."""
    found = {}
    for path in sorted((cwd / folder / "briefings").glob("*.json")):
        found[path.name] = {k: v for k, v in json.loads(path.read_text()).items() if k != "usage"}
    return found


def test_the_rounds_end_in_the_briefings_that_live_calls_give(
    model: Model, provider: Provider, loopback: Loopback, tmp_path: Path
) -> None:
    model.replies["papers_say/Tarn Gazette"] = WRONG
    model.replies["papers_say/Tarn Gazette:repair"] = {
        "blocks": [block(("Inspectors found a crack in a main girder of the Tarn bridge.", ["A1.1"]), heading="1")]
    }
    stories(tmp_path, 1, 2, 3)
    assert step("export", "stories.jsonl", cwd=tmp_path, model=model).code == 0
    assert loopback.requests == []  # nothing is asked, no key is needed
    drafts = requests(tmp_path, 1)
    assert len(drafts) == 3 * (CALLS - 1)  # no closing words before the accounts
    assert len({request["custom_id"] for request in drafts}) == len(drafts)
    assert step("submit", cwd=tmp_path, model=model).code == 0
    second = step("fetch", cwd=tmp_path, model=model)
    assert second.code == 5
    assert len(requests(tmp_path, 2)) == 3  # what has to be asked again
    step("submit", cwd=tmp_path, model=model)
    third = step("fetch", cwd=tmp_path, model=model)
    assert len(requests(tmp_path, 3)) == 3  # closing words
    step("submit", cwd=tmp_path, model=model)
    done = step("fetch", cwd=tmp_path, model=model)
    assert (third.code, done.code) == (5, 0)
    assert "all bundles are done" in done.err
    assert len(provider.paid) == len(set(provider.paid)) == 3 * (CALLS + 1)
    loopback.handle(provider._complete)
    live = run("batch", "stories.jsonl", "-o", "live", cwd=tmp_path, env=model.env)
    assert live.code == 0
    assert briefings(tmp_path, "post") == briefings(tmp_path, "live") != {}


def test_what_failed_or_expired_is_asked_again_and_only_that(model: Model, provider: Provider, tmp_path: Path) -> None:
    stories(tmp_path, 1, 2)
    failing = iter(range(100))

    def fault(_: str, body: Mapping[str, Any]) -> Mapping[str, Any] | None:
        at = next(failing)
        if at == 2:
            return {
                "response": {"status_code": 500, "request_id": "x", "body": {"error": {"message": "no"}}},
                "error": None,
            }
        return EXPIRED if at in (5, 6) else None

    provider.fault = fault
    step("export", "stories.jsonl", cwd=tmp_path, model=model)
    first = {request["custom_id"] for request in requests(tmp_path, 1)}
    step("submit", cwd=tmp_path, model=model)
    fetched = step("fetch", cwd=tmp_path, model=model)
    assert "3 failed (HTTP 500 ×1, batch_expired ×2), to be asked again" in fetched.err
    again = {request["custom_id"] for request in requests(tmp_path, 2)}
    assert len(again & first) == 3
    for _ in range(2):
        step("submit", cwd=tmp_path, model=model)
        done = step("fetch", cwd=tmp_path, model=model)
    assert done.code == 0
    assert len(provider.paid) == len(set(provider.paid)) == 2 * CALLS


def test_a_batch_under_way_is_waited_for(model: Model, provider: Provider, tmp_path: Path) -> None:
    stories(tmp_path, 1)
    provider.running = True
    step("export", "stories.jsonl", cwd=tmp_path, model=model)
    step("submit", cwd=tmp_path, model=model)
    assert "in_progress" in step("status", cwd=tmp_path, model=model).out
    waiting = step("fetch", cwd=tmp_path, model=model)
    assert waiting.code == 5
    assert f"{CALLS - 1} requests sent before, no answer yet" in waiting.err
    assert len(provider.batches) == 1
    again = step("export", "stories.jsonl", cwd=tmp_path, model=model)
    assert "no answer yet" in again.err
    assert [path.name for path in (tmp_path / "post/provider").glob("requests-*")] == ["requests-001.jsonl"]


def test_submitting_twice_begins_one_batch_even_if_the_first_time_was_cut_off(
    model: Model, provider: Provider, tmp_path: Path
) -> None:
    stories(tmp_path, 1)
    step("export", "stories.jsonl", cwd=tmp_path, model=model)
    book = (tmp_path / "post/provider.sqlite").read_bytes()
    step("submit", cwd=tmp_path, model=model)
    step("submit", cwd=tmp_path, model=model)
    assert len(provider.batches) == 1
    (tmp_path / "post/provider.sqlite").write_bytes(book)  # killed before the book was written
    step("submit", cwd=tmp_path, model=model)
    assert len(provider.batches) == 1


def test_results_by_other_means_are_imported_in_any_order_and_once(
    model: Model, provider: Provider, tmp_path: Path
) -> None:
    stories(tmp_path, 1, 2)
    step("export", "stories.jsonl", cwd=tmp_path, model=model)
    good, _ = provider.results((tmp_path / "post/provider/requests-001.jsonl").read_bytes())
    lines = good.splitlines(keepends=True)
    (tmp_path / "a.jsonl").write_bytes(b"".join(lines[:7]) + b'{"custom_id":"other-1","response":null,"error":null}\n')
    (tmp_path / "b.jsonl").write_bytes(b"".join(lines[7:])[:-40])  # the download broke off
    told = step("import", "b.jsonl", "a.jsonl", cwd=tmp_path, model=model)
    assert told.code == 5
    recorded = 2 * (CALLS - 1) - 1
    assert f"{recorded} replies recorded · 1 of another batch · 1 damaged lines" in told.err
    (tmp_path / "b.jsonl").write_bytes(b"".join(lines[7:]))
    told = step("import", "a.jsonl", "b.jsonl", cwd=tmp_path, model=model)
    assert f"1 reply recorded · {recorded} known before · 1 of another batch" in told.err


def test_a_reply_that_cannot_be_used_is_asked_once_more_with_twice_the_limit(
    model: Model, provider: Provider, tmp_path: Path
) -> None:
    stories(tmp_path, 1)
    cut = {"choices": [{"index": 0, "message": {"role": "assistant", "content": "{"}, "finish_reason": "length"}]}
    seen: list[int] = []

    def fault(_: str, body: Mapping[str, Any]) -> Mapping[str, Any] | None:
        if "More on these topics" not in body["messages"][-1]["content"]:
            return None
        seen.append(body["max_tokens"])
        return {"response": {"status_code": 200, "request_id": "x", "body": cut}, "error": None}

    provider.fault = fault
    env = {**model.env, "BRIEFER_REPLY_TOKENS": "500"}
    run("batch", "export", "stories.jsonl", "-o", "post", cwd=tmp_path, env=env)
    for _ in range(3):
        run("batch", "submit", "-o", "post", cwd=tmp_path, env=env)
        done = run("batch", "fetch", "-o", "post", cwd=tmp_path, env=env)
    assert seen == [500, 1000]
    assert done.code == 9
    row = json.loads((tmp_path / "post/summary.jsonl").read_text())
    assert "cut at its length limit" in row["cause"]


def test_what_is_sent_by_post_under_a_limit_is_what_would_be_asked_live(
    model: Model, loopback: Loopback, tmp_path: Path
) -> None:
    stories(tmp_path, 1)
    env = {**model.env, "BRIEFER_MAX_TOKENS": "1000000"}
    assert run("batch", "export", "stories.jsonl", "-o", "post", cwd=tmp_path, env=env).code == 0
    assert run("batch", "stories.jsonl", "-o", "live", cwd=tmp_path, env=env).code == 0
    asked = [request.json for request in loopback.requests]
    posted = [request["body"] for request in requests(tmp_path, 1)]
    assert len(posted) == CALLS - 1
    assert all(body in asked for body in posted)
    assert {body["max_tokens"] for body in posted} == {8192}


@pytest.mark.parametrize(
    ("args", "code", "told"),
    [
        (("import", "none.jsonl", "-o", "post"), 3, "none.jsonl cannot be read"),
        (("import", "stories.jsonl", "-o", "elsewhere"), 3, "holds no export"),
        (("submit", "-o", "elsewhere"), 3, "holds no export"),
        (("status", "-o", "post", "--base-url", "http://127.0.0.1:9/v1"), 2, "was exported for"),
        (("export", "-", "-o", "post"), 2, "reads its bundles again"),
        (("export", "stories.jsonl", "-o", "new", "--model", "extract"), 2, "needs a model"),
    ],
)
def test_what_cannot_be_is_said(model: Model, tmp_path: Path, args: tuple[str, ...], code: int, told: str) -> None:
    stories(tmp_path, 1)
    step("export", "stories.jsonl", cwd=tmp_path, model=model)
    done = run("batch", *args, cwd=tmp_path, env=model.env)
    assert done.code == code
    assert told in done.err


def test_a_server_without_a_batch_api_is_told_of(model: Model, loopback: Loopback, tmp_path: Path) -> None:
    from tests.server import reply

    stories(tmp_path, 1)
    step("export", "stories.jsonl", cwd=tmp_path, model=model)
    loopback.handle(lambda _: reply(404, {"error": {"message": "no such path"}}))
    done = step("submit", cwd=tmp_path, model=model)
    assert done.code == 3
    assert "it has no Batch API" in done.err
    loopback.handle(lambda _: reply(401, {"error": {"message": "no"}}))
    assert step("submit", cwd=tmp_path, model=model).code == 4


def test_files_are_split_at_the_provider_s_limits(tmp_path: Path) -> None:
    from briefer.batch.mailbook import Mailbook
    from briefer.batch.outbox import Outbox
    from briefer.calls import Request
    from briefer.journal import Journal
    from briefer.models.post import Letter

    outbox = Outbox(tmp_path, Mailbook(tmp_path / "book"), most_requests=3, most_bytes=1000)
    journal = Journal(tmp_path / "runs/aa/calls.jsonl")
    asked = Request("topics", None, "draft", (), {}, "c-1")
    for number in range(8):
        size = 900 if number == 4 else 10
        outbox.send(Letter(journal, 0, f"{number:032}", "m", asked, b'"%s"' % (b"x" * size)))
    outbox.close()
    sizes = [sheet.requests for sheet in outbox.written]
    assert sizes == [3, 1, 1, 3]
    for sheet in outbox.written:
        assert (tmp_path / sheet.path).stat().st_size <= 1000 + 100
