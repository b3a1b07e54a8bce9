"""Gibberish inside valid JSON: not a sentence of it is printed, and the articles' own stand in its place."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from briefer import Briefing, Bundle, Settings, load_bundle, summarize
from briefer.text import words
from tests.cli.command import Outcome, run
from tests.realserver.conftest import Starter
from tests.realserver.server import MODEL


def summarized(story: str, cwd: Path, options: tuple[str, ...]) -> tuple[Outcome, Briefing]:
    outcome = run("summarize", story, *options, "--format", "json", cwd=cwd)
    return outcome, Briefing.model_validate_json(outcome.out)


def assert_nothing_invented(briefing: Briefing, bundle: Bundle) -> None:
    """Nothing stands as fact but the articles' own sentences, and every outlet has some of its own."""
    texts = {outlet: [a.text for a in bundle.articles_of(outlet)] for outlet in bundle.outlets}
    known = {word for articles in texts.values() for text in articles for word in words(text)}
    for _, outlet, statement in briefing.statements():
        assert statement.kind == "extract"
        assert any(statement.text in text for text in texts[outlet or ""])
        assert set(words(statement.text)) <= known
    assert list(dict.fromkeys(outlet for _, outlet, _ in briefing.statements())) == list(bundle.outlets)
    assert (briefing.headline, briefing.timeline) == (None, ())


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_every_sentence_is_withheld_and_every_outlet_keeps_its_own(
    llama: Starter, tmp_path: Path, story: str, seed: int
) -> None:
    outcome, briefing = summarized(story, tmp_path, llama(seed=seed).start().options)
    assert outcome.code == 9, outcome.err
    assert_nothing_invented(briefing, load_bundle(tmp_path / story))
    assert len(briefing.withheld) > 20
    assert all(withheld.findings for withheld in briefing.withheld)
    assert f"{len(briefing.withheld)} withheld; the briefing lists them with their reasons" in outcome.lines
    assert [line.partition(":")[0] for line in outcome.lines if line.startswith("A702")] == [
        f"A702 {article.outlet}" for article in briefing.articles
    ]


def test_the_same_command_again_makes_no_call(llama: Starter, tmp_path: Path, story: str) -> None:
    server = llama().start()
    first, briefing = summarized(story, tmp_path, server.options)
    server.kill()  # whoever called it now would get no answer
    second, _ = summarized(story, tmp_path, server.options)
    assert (second.code, second.out) == (9, first.out)
    assert f"{briefing.usage.calls} calls, 0 of them now" in second.lines[-1]


def test_the_python_door_gives_the_same_briefing(llama: Starter, tmp_path: Path, story: str) -> None:
    server, bundle = llama().start(), load_bundle(tmp_path / story)
    settings = Settings(model=MODEL, base_url=server.base_url, runs=tmp_path)
    briefing = asyncio.run(summarize(bundle, settings))
    assert_nothing_invented(briefing, bundle)
    outcome, again = summarized(story, tmp_path, server.options)
    assert ", 0 of them now" in outcome.lines[-1]
    assert again == briefing
