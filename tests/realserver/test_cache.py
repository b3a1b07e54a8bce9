"""The articles stand before each section's task, so a server reads them once."""

from __future__ import annotations

from pathlib import Path

import pytest

from briefer.models.stream import is_stream
from tests.cli.command import run
from tests.realserver.conftest import Starter
from tests.realserver.journaled import envelope, records


def test_one_slot_reads_the_articles_once(
    llama: Starter, tmp_path: Path, story: str, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ("summarize", story, *llama().start().options)
    run(*options, cwd=tmp_path, env={"BRIEFER_CONCURRENCY": "1"})
    whole = [r for r in records(tmp_path) if r.outlet is None and r.round == "draft"]
    first, *others = [(r.section, envelope(r)["usage"], envelope(r)["timings"]["prompt_ms"]) for r in whole]
    with capsys.disabled():
        print("\n  section                prompt  cached     ms")
        for section, usage, milliseconds in (first, *others):
            cached = usage["prompt_tokens_details"]["cached_tokens"]
            print(f"  {section:20} {usage['prompt_tokens']:8,} {cached:7,} {milliseconds:6.0f}")
    assert [is_stream(r.body) for r in whole] == [True] + [False] * 4
    assert first[1]["prompt_tokens_details"]["cached_tokens"] == 0
    assert len(others) == 4
    for _, usage, milliseconds in others:
        assert usage["prompt_tokens_details"]["cached_tokens"] > 0.85 * usage["prompt_tokens"]
        assert milliseconds < first[2] / 2
