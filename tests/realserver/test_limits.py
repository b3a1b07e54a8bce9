"""What is longer than the server allows: a request for its context, a reply for its limit."""

from __future__ import annotations

import re
from pathlib import Path

from briefer.journal import Status
from tests.cli.command import run
from tests.realserver.conftest import Starter
from tests.realserver.journaled import envelope, records

CALLS = 11  # five accounts, the closing words, five other sections
CONTEXT = 5120  # tokens: an outlet's articles fit, all articles together do not


def test_a_window_is_learnt_from_the_servers_refusal_and_the_articles_are_cut_to_it(
    llama: Starter, tmp_path: Path, story: str
) -> None:
    outcome = run("summarize", story, *llama(context=CONTEXT).start().options, cwd=tmp_path)
    assert outcome.code == 9
    whole = [r for r in records(tmp_path) if r.outlet is None and r.round == "draft"]
    refused = [r for r in whole if r.status is not Status.OK]
    assert len(refused) == 5
    assert all(envelope(r)["error"]["n_prompt_tokens"] > CONTEXT for r in refused)
    answered = [r for r in whole if r.status is Status.OK]
    assert {r.section for r in answered} == {r.section for r in refused}
    assert all(envelope(r)["usage"]["prompt_tokens"] < CONTEXT for r in answered)
    assert not [line for line in outcome.lines if line.startswith("R001 ")]
    [said] = [line for line in outcome.lines if line.startswith("R005 ")]
    assert "were left out to fit" in said
    assert sum(line.startswith("A702 ") for line in outcome.lines) == 5


def test_a_cut_reply_is_asked_for_once_more_with_twice_the_room_and_then_fails(
    llama: Starter, tmp_path: Path, story: str
) -> None:
    options = ("summarize", story, *llama().start().options, "--format", "json")
    outcome = run(*options, cwd=tmp_path, env={"BRIEFER_REPLY_TOKENS": "20"})
    assert outcome.code == 9
    cut = records(tmp_path)
    assert {r.status for r in cut} == {Status.TRUNCATED}
    lengths: dict[str, list[int]] = {}
    for record in cut:
        lengths.setdefault(record.key, []).append(envelope(record)["usage"]["completion_tokens"])
    assert len(lengths) == CALLS
    assert set(map(tuple, lengths.values())) == {(20, 40)}
    assert outcome.lines.count("R001 This section failed: the reply was cut at its length limit.") == CALLS - 5
    fallen = [line for line in outcome.lines if line.startswith("A702 ")]
    assert len(fallen) == 5
    assert all(re.search(r": the reply was cut at its length limit; its own lead sentences stand", f) for f in fallen)
    extracts = [b["statements"] for b in outcome.json["sections"]["papers_say"]]
    assert len(extracts) == 5
    assert all(statement["kind"] == "extract" for statements in extracts for statement in statements)
    # A cut reply was paid for: it is counted, and kept.
    assert outcome.json["usage"]["output_tokens"] == CALLS * (20 + 40)
