"""`summarize --dry-run`: what a run would take, without a call, a key or a trace."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from tests.cli.command import Outcome, run, write
from tests.cli.desk import Model, bridge
from tests.fake import bridge_bundle
from tests.server import Loopback

MODEL = ("--model", "gpt-4o-mini")


def dry(cwd: Path, *args: str, **env: str) -> Outcome:
    return run("summarize", bridge(cwd), "--dry-run", *args, cwd=cwd, env=env)


def test_every_call_of_the_first_round_has_its_line_and_nothing_else_happens(tmp_path: Path) -> None:
    told = dry(tmp_path, *MODEL)
    assert (told.code, told.err) == (0, "")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bundle.json"]
    head, _, columns, *rows = told.out.splitlines()
    assert head == "9 calls to gpt-4o-mini at api.openai.com; none is made"
    assert columns.split("  ")[0] == "call"
    names = [re.split(r"\s{2,}", row)[0] if not row.startswith(" ") else row.split("  ")[1] for row in rows]
    assert names[:12] == [
        "What's happened",
        "What's behind the headline?",
        "What the papers say",
        "Tarn Gazette",
        "Northern Wire",
        "Coast Radio",
        "closing words",
        "How we got here",
        "Go deeper",
        "More on these topics",
        "All, each once",
        "",
    ]
    assert [row.split()[:2] for row in rows[-3:]] == [["at", "best"], ["likely", rows[-2].split()[1]], ["at", "most"]]
    costs = [float(re.findall(r"\$([\d.]+)", row)[0]) for row in rows[-3:]]
    assert 0 < costs[0] < costs[1] < costs[2] < 1
    assert max(map(len, told.out.splitlines())) <= 80


def test_what_it_shows_is_what_a_run_sends(tmp_path: Path, loopback: Loopback) -> None:
    model = Model(loopback)
    told = dry(tmp_path, *MODEL, "--format", "json").json
    assert run("summarize", "bundle.json", cwd=tmp_path, env=model.env).code == 0
    sent = [request.json["messages"] for request in loopback.requests]
    drafts = [call for call in told["calls"] if call["round"] == "draft"]
    assert sorted(json.dumps(call["messages"]) for call in drafts) == sorted(map(json.dumps, sent[:-1]))
    for call in told["calls"]:
        assert call["characters"] == sum(len(message["content"]) for message in call["messages"])
        assert call["characters"] / 5 < call["likely_input_tokens"] < call["most_input_tokens"] < call["characters"]
    total = told["total"]
    assert [total[name]["calls"] for name in ("least", "likely", "most")] == [9, 9, 18]
    assert total["least"]["input_tokens"] == sum(call["likely_input_tokens"] for call in told["calls"])
    # The articles are read by five of the calls; the first of them is not cached.
    assert 0 < total["least"]["cached_tokens"] < total["least"]["input_tokens"]


def test_the_longest_reply_is_the_setting_s(tmp_path: Path) -> None:
    told = [dry(tmp_path, *MODEL, "--format", "json", BRIEFER_REPLY_TOKENS=n).json["total"] for n in ("1000", "2000")]
    assert [total["most"]["output_tokens"] for total in told] == [18_000, 36_000]
    assert told[0]["likely"] == told[1]["likely"]


def test_a_section_a_language_prompts_and_a_judge_are_reckoned_with(tmp_path: Path) -> None:
    write(tmp_path / "own" / "topics.md", "Say what matters. {{ topic }}")
    only = ("--section", "topics", "--prompts", "own", "--language", "de", "--format", "json")
    told = dry(tmp_path, *MODEL, *only, "--judge", "gpt-4o").json
    first, *judging = told["calls"]
    assert "Say what matters. Closure of the Tarn bridge" in first["messages"][-1]["content"]
    assert "German" in first["messages"][0]["content"]
    assert {(call["round"], call["model"]) for call in judging} == {("judge", "gpt-4o")}
    assert "=== STATEMENTS " in judging[0]["messages"][0]["content"]
    table = dry(tmp_path, *MODEL, "--section", "topics", "--judge", "gpt-4o").out
    assert "\nJudge gpt-4o, 1 call " in table


def test_a_limit_that_may_end_the_run_is_told(tmp_path: Path) -> None:
    told = dry(tmp_path, *MODEL, "--max-cost", "0.01", "--max-tokens", "9000")
    assert told.code == 0
    assert re.fullmatch(r"at most \$0\.\d+: --max-cost may end it at \$0\.01", told.lines[0])
    assert re.fullmatch(r"at most [\d,]+ tokens: --max-tokens may end it at 9,000", told.lines[1])
    assert dry(tmp_path, *MODEL, "--max-cost", "0.01", "-q").err == ""
    assert dry(tmp_path, *MODEL, "--max-cost", "9").err == ""


def test_an_unknown_price_is_no_price(tmp_path: Path) -> None:
    told = dry(tmp_path, "--model", "m")
    assert (told.code, told.lines) == (
        0,
        ["what it would cost is unknown: the price list has no such model at this address"],
    )
    assert told.out.count("unknown") == 3
    assert "$" not in told.out


def test_it_goes_into_a_file_as_well(tmp_path: Path) -> None:
    told = dry(tmp_path, *MODEL, "-o", "plan.json")
    assert (told.code, told.out, told.lines) == (0, "", ["written to plan.json"])
    assert len(json.loads((tmp_path / "plan.json").read_text())["calls"]) == 9


@pytest.mark.parametrize(
    ("args", "code", "cause"),
    [
        ((), 2, "briefer: --dry-run needs a model, and none is named"),
        ((*MODEL, "--format", "html"), 2, "briefer: --dry-run has no form 'html'"),
        ((*MODEL, "--base-url", "http://["), 2, "briefer: the base URL 'http://[' is not an http or https address"),
        ((*MODEL, "--prompts", "nowhere"), 3, "briefer: nowhere is no folder of prompts"),
    ],
)
def test_what_a_run_would_refuse_it_refuses(tmp_path: Path, args: tuple[str, ...], code: int, cause: str) -> None:
    refused = dry(tmp_path, *args)
    assert (refused.code, refused.out, refused.lines[0]) == (code, "", cause)


def test_what_an_article_may_say_does_nothing(tmp_path: Path) -> None:
    bundle = bridge_bundle().model_dump(exclude_none=True)
    bundle["articles"][0]["outlet"] = "::error::\x1b[31mTarn\u202e [bold]Gazette[/bold] ##[group]"
    write(tmp_path / "bundle.json", bundle)
    for form in ("terminal", "json"):
        told = run("summarize", "bundle.json", "--dry-run", *MODEL, "--format", form, cwd=tmp_path)
        assert told.code == 0
        assert "\u202e" not in told.out
        assert "##[" not in told.out
    assert "[bold]Gazette[/bold]" in told.out
