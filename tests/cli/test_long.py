"""Articles that are longer than a model's window: what is sent, what is told, what is paid, what goes on."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from briefer.briefing import Briefing
from briefer.render import FORMATS, render
from tests.cli.command import Outcome, run, write
from tests.cli.desk import CALLS, REPLIES, journaled
from tests.long import (
    Windowed,
    Words,
    anthropic,
    drops_messages,
    groq,
    keeps_half,
    llama,
    long_bridge,
    long_bundle,
    openai,
    tokens,
    vllm,
)
from tests.server import Loopback, Received, reply

WINDOW = 6000
BUNDLE_SCOPED = CALLS - 4  # all but three accounts and the closing words


def summarize(cwd: Path, model: Windowed, *args: str, **env: str) -> Outcome:
    command = ("summarize", long_bridge(cwd), "--format", "json", *args)
    return run(*command, cwd=cwd, env={**model.env, "BRIEFER_CONCURRENCY": "2", **env})


def left_out(outcome: Outcome) -> list[Any]:
    return [remark for remark in outcome.json["integrity"] if remark["code"] == "R005"]


def articles(request: Received) -> str:
    content: str = request.json["messages"][1]["content"]
    return content


def of_the_bundle(requests: list[Received]) -> list[Received]:
    """Those that hold all outlets' articles."""
    return [r for r in requests if "Article A1," in articles(r) and "Article A3," in articles(r)]


@pytest.mark.parametrize("words", [openai, vllm, llama, anthropic, groq])
def test_a_refused_prompt_is_cut_to_the_window_told_and_not_paid(
    tmp_path: Path, loopback: Loopback, words: Words
) -> None:
    model = Windowed(loopback, WINDOW, words)
    outcome = summarize(tmp_path, model)
    assert outcome.code == 0, outcome.err
    assert model.refused
    briefing = outcome.json
    assert briefing["usage"]["calls"] == len(model.answered) == CALLS
    assert briefing["usage"]["input_tokens"] == sum(count for _, count in model.answered)
    # What is left fills the window well, with room for a reply.
    sizes = [tokens(r) for r in of_the_bundle([r for r, _ in model.answered])]
    assert all(0.55 * WINDOW < size <= WINDOW for size in sizes), sizes
    [remark] = left_out(outcome)
    told = re.fullmatch(
        r"(\d+) of 257 sentences \(Tarn Gazette \d+ of 66, Northern Wire \d+ of 64, Coast Radio \d+ of 125"
        r"(?:, the references 1 of 2)?\) were left out to fit the model's window; "
        r"every statement is checked against all of them\.",
        remark["message"],
    )
    assert told, remark["message"]
    assert f"R005 {remark['message']}" in outcome.lines
    sent = [r for r in of_the_bundle([r for r, _ in model.answered]) if "=== REFERENCES" in r.body.decode()][0]
    texts = "".join(message["content"] for message in sent.json["messages"])
    assert 257 - len(re.findall(r"(?m)^\[[AR]\d+\.\d+\] ", texts)) == int(told[1])


def test_all_sections_of_a_bundle_send_the_same_articles_and_accounts_send_them_whole(
    tmp_path: Path, loopback: Loopback
) -> None:
    model = Windowed(loopback, WINDOW, openai)
    assert summarize(tmp_path, model).code == 0
    requests = [request for request, _ in model.answered]
    assert len({articles(r) for r in of_the_bundle(requests)}) == 1
    cut = articles(of_the_bundle(requests)[0])
    assert "[...]" in cut
    assert re.search(
        r"(?m)^Article A2, Northern Wire, published Tuesday 3 March 2026 \(\d+ of its 64 sentences\)$", cut
    )
    for first in (
        "[A1.1] The Tarn bridge was closed",
        "[A2.1] The Tarn",
        "[A3.1] Drivers in Tarn",
        "Headline: Tarn br",
    ):
        assert first in cut
    accounts = [articles(r) for r in requests if r not in of_the_bundle(requests)]
    assert not any("[...]" in text for text in accounts)


def test_a_window_that_is_set_is_kept_without_a_refusal(tmp_path: Path, loopback: Loopback) -> None:
    model = Windowed(loopback, WINDOW, openai)
    write(tmp_path / "briefer.toml", f"window = {WINDOW}\nreply_tokens = 1000")
    outcome = summarize(tmp_path, model)
    assert outcome.code == 0
    assert not model.refused
    assert [remark["outlet"] for remark in left_out(outcome)] == [None, "Coast Radio"]
    sizes = [count for request, count in model.answered if of_the_bundle([request])]
    assert all(0.6 * WINDOW < size <= WINDOW - 1000 for size in sizes), sizes


def test_articles_that_fit_are_sent_whole_and_nothing_is_told(tmp_path: Path, loopback: Loopback) -> None:
    model = Windowed(loopback, 128_000, openai)
    with_window = summarize(tmp_path, model, BRIEFER_WINDOW="128000")
    assert with_window.code == 0
    assert not left_out(with_window)
    assert "[...]" not in "".join(articles(request) for request, _ in model.answered)


@pytest.mark.parametrize(("window", "cut"), [(4096, drops_messages), (8192, keeps_half)])
def test_a_prompt_that_is_cut_without_a_word_is_noticed_and_asked_again(
    tmp_path: Path, loopback: Loopback, window: int, cut: Any
) -> None:
    model = Windowed(loopback, window, cut=cut)
    command = ("summarize", long_bridge(tmp_path, 200), "--format", "json")
    outcome = run(*command, cwd=tmp_path, env={**model.env, "BRIEFER_CONCURRENCY": "1"})
    assert outcome.code == 0, outcome.err
    whole = [request for request, count in model.answered if count == tokens(request)]
    cut_short = [request for request, count in model.answered if count != tokens(request)]
    assert cut_short
    assert len(whole) == CALLS
    # All of them were billed, and the bill says so.
    assert outcome.json["usage"]["calls"] == len(model.answered)
    assert outcome.json["usage"]["input_tokens"] == sum(count for _, count in model.answered)
    assert left_out(outcome)
    # The same command again takes nothing of it on trust, and pays nothing twice.
    again = run(*command, cwd=tmp_path, env={**model.env, "BRIEFER_CONCURRENCY": "1"})
    assert again.json["sections"] == outcome.json["sections"]
    assert left_out(again) == left_out(outcome)
    assert len(model.answered) == len(whole) + len(cut_short)


def test_a_window_that_was_learnt_is_remembered_for_that_server_and_model(tmp_path: Path, loopback: Loopback) -> None:
    first = Windowed(loopback, WINDOW, openai)
    assert summarize(tmp_path, first).code == 0
    assert first.refused
    again = Windowed(loopback, WINDOW, openai)
    other = summarize(tmp_path, again, "--language", "de")  # a run of its own
    assert left_out(other)
    assert not again.refused
    another = Windowed(loopback, 128_000, openai)
    outcome = summarize(tmp_path, another, "--model", "n")
    assert outcome.code == 0
    assert not left_out(outcome)
    # Who knows better says so.
    larger = summarize(tmp_path, Windowed(loopback, 128_000, openai), "--window", "128000")
    assert larger.code == 0
    assert not left_out(larger)


def test_a_window_that_was_found_by_a_silent_cut_is_told_and_remembered(tmp_path: Path, loopback: Loopback) -> None:
    model = Windowed(loopback, 8192, cut=keeps_half)
    command = ("summarize", long_bridge(tmp_path, 200), "--format", "json")
    env = {**model.env, "BRIEFER_CONCURRENCY": "1"}
    outcome = run(*command, cwd=tmp_path, env=env)
    noted = [line for line in outcome.lines if "cut a prompt without a word" in line]
    assert len(noted) == 1, outcome.err
    assert re.fullmatch(
        r"the server cut a prompt without a word: it read 4,098 of about [\d,]+ tokens; its window is taken to be "
        r"8,192 tokens \(to name another, set window\)",
        noted[0],
    )
    again = Windowed(loopback, 8192, cut=keeps_half)
    outcome = run(*command, "--language", "de", cwd=tmp_path, env=env)
    assert outcome.code == 0
    assert "without a word" not in outcome.err
    assert all(count == tokens(request) for request, count in again.answered)


def test_a_dry_run_says_what_would_be_left_out(tmp_path: Path, loopback: Loopback) -> None:
    model = Windowed(loopback, WINDOW, openai)
    given = ("--model", "m", "--window", str(WINDOW), "--dry-run")
    told = summarize(tmp_path, model, *given)
    assert told.code == 0
    assert not loopback.requests
    made = summarize(tmp_path, model, "--window", str(WINDOW))
    said = [remark["message"].replace("were", "would be") for remark in left_out(made)]
    assert told.json["left_out"] == said
    shown = run("summarize", "bundle.json", *given, cwd=tmp_path, env=model.env)
    assert shown.out.endswith(said[-1] + "\n")
    whole = run("summarize", "bundle.json", "--model", "m", "--dry-run", "--format", "json", cwd=tmp_path)
    assert whole.json["left_out"] == []


def test_what_is_printed_proves_itself_again(tmp_path: Path, loopback: Loopback) -> None:
    model = Windowed(loopback, WINDOW, openai)
    assert summarize(tmp_path, model, "-o", "briefing.json").code == 0
    assert run("check", "briefing.json", "--bundle", "bundle.json", cwd=tmp_path).code == 0
    briefing = Briefing.model_validate_json((tmp_path / "briefing.json").read_text())
    for form in FORMATS:
        assert "of 257 sentences (Tarn Gazette" in " ".join(render(briefing, form).split()), form


def test_articles_that_never_fit_are_refused_with_the_longest_named(tmp_path: Path, loopback: Loopback) -> None:
    model = Windowed(loopback, 1500, openai)
    outcome = summarize(tmp_path, model)
    assert (outcome.code, outcome.out) == (3, "")
    length = len(long_bundle().articles[2].text)
    assert outcome.lines[-3:] == [
        "briefer: the articles do not fit the model's window of 1,500 tokens, even cut to a sentence of each outlet; "
        f"the longest is A3 (Coast Radio), {length:,} characters",
        "  safe: every finished reply is in the journal",
        "  next: take a model with a larger window, or fewer articles; window and reply_tokens are settings",
    ]
    assert not model.answered


def test_a_window_that_is_set_too_small_is_refused_before_any_call(tmp_path: Path, loopback: Loopback) -> None:
    model = Windowed(loopback, WINDOW, openai)
    outcome = summarize(tmp_path, model, BRIEFER_WINDOW="1500")
    assert (outcome.code, outcome.out) == (3, "")
    assert not loopback.requests


def test_a_run_that_was_stopped_goes_on_with_the_same_sentences(tmp_path: Path, loopback: Loopback) -> None:
    down = Windowed(loopback, WINDOW, openai, replies={"topics": reply(503, "down"), "go_deeper": reply(503, "down")})
    # One at a time: what is under way when the run ends may be answered and not heard.
    assert summarize(tmp_path, down, BRIEFER_CONCURRENCY="1").code == 5
    first = [request.body for request, _ in down.answered]
    assert any(of_the_bundle([request]) for request, _ in down.answered)
    up = Windowed(loopback, WINDOW, openai)
    outcome = summarize(tmp_path, up)
    assert outcome.code == 0, outcome.err
    # The window is remembered, and nothing that was answered is asked again.
    assert not up.refused
    asked = [request.body for request, _ in up.answered]
    assert not set(asked) & set(first)
    assert len(first) + len(asked) == CALLS
    assert len({articles(r) for r in of_the_bundle([r for r, _ in (*down.answered, *up.answered)])}) == 1
    assert journaled(tmp_path).count("ok") == CALLS


def test_the_tape_of_such_a_run_makes_it_again(tmp_path: Path, loopback: Loopback) -> None:
    for name, settings in (("learnt", {}), ("set", {"BRIEFER_WINDOW": str(WINDOW)})):
        model = Windowed(loopback, WINDOW, openai)
        made = summarize(tmp_path, model, "--record", f"{name}.jsonl", **settings)
        assert made.code == 0
        again = run("summarize", "bundle.json", "--format", "json", "--replay", f"{name}.jsonl", cwd=tmp_path)
        assert again.code == 0, again.err
        assert again.out == made.out


def test_an_account_that_is_too_long_alone_is_cut_too(tmp_path: Path, loopback: Loopback) -> None:
    model = Windowed(loopback, 3500, openai)
    outcome = summarize(tmp_path, model)
    assert outcome.code == 0, outcome.err
    [bundle, account] = left_out(outcome)
    assert (account["section"], account["outlet"]) == ("papers_say", "Coast Radio")
    assert re.match(r"\d+ of 125 sentences \(Coast Radio \d+ of 125\) were left out", account["message"])
    assert bundle["outlet"] is None
    assert sorted(model.asked) == sorted(REPLIES)
